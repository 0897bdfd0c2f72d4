"""How good a fit is, asked the way a sceptic would: replay, prediction, split record, nulls, ablations, more."""
