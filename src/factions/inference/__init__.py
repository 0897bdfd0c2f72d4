"""Calibration: the likelihood of the record, and the posterior over the parameters."""
