"""Finished worlds: the container, its tables, and how it is stored."""
