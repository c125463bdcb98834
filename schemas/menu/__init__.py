"""The menu of protected counts, by subject; `schemas/measures.py` puts it together."""
