"""The compiled engine: the same rules in the same order as the Mesa model, over blocks of worlds."""
