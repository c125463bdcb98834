"""The invented sample: police.uk files made from published totals, loaded through the same door."""

from pipelines.sample.write import write_sample

__all__ = ["write_sample"]
