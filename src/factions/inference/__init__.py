"""Calibration and validation: the record's likelihood, the posterior over the parameters, and how good the fit is."""
