"""Whether a merged file is sound, and what its author should know of it."""
