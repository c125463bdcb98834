"""What is measured, how, and against what. Run `python -m benchmarks`."""
