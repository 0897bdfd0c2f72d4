"""Ensembles of any length: which parameters each world has, blocks of worlds, workers, and what is kept on disk."""
