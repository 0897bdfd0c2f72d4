"""The theory: small pure functions of scalars, called by the Mesa agents and compiled into the engine.

Scalars in, scalars out; no arrays, no randomness, no loops over agents.  Each function is total: it answers for every
finite argument.  MODEL.md has one row for each.
"""
