"""The record: documented claims, judged on finished worlds.  Nothing here reaches a world."""
