"""The vocabulary both sides share: codes, areas, contracts, the published file."""
