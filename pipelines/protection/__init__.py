"""Protects counts of people: hides, rounds, repairs, and audits what is to be published."""
