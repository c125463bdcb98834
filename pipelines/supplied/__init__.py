"""Files about services and the people they help: the door, the contracts held, the counting."""
