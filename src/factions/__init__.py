"""factions: a calibrated agent-based simulation of party struggles."""
