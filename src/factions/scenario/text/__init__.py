"""Where everything in the text of a scenario file stands, and what is wrong with it at its place."""
