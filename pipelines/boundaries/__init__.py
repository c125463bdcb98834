"""District outlines for maps: read without trust, simplified, kept, published."""
