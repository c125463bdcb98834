"""Commands of `python -m dashboard`, one module a subject, each with `add_to(commands)`."""
