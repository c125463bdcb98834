"""The invented sample of victim services: supplied files made from shares, same bytes every run."""

from pipelines.sample.victims.write import write_victim_sample

__all__ = ["write_victim_sample"]
