"""Figures of an ensemble, each with the tidy table behind it; importing a figure's module imports matplotlib.

Every figure module has `table(...)`, the rows, and `figure(...)`, the picture; `output.save` writes both.
"""
