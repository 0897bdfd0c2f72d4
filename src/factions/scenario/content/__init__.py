"""What a scenario file says, as frozen classes: one for each table, kind of event, change and claim."""
