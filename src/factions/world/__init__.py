"""The world as arrays: a scenario (`Case`), what changes in it (`State`), and what events do to it.

Both tables are classes whose annotations say everything about a field once: see `factions.world.fields`.
"""
