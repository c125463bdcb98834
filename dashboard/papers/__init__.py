"""Board papers before they are written: chosen figures, their recipes, and what changed since."""
