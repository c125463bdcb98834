"""Bringing chosen files out of a large remote zip archive by byte ranges."""
