"""What would have happened: worlds conditioned on the record, paired with the same worlds under a change."""
