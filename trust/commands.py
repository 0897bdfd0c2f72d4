"""Commands that are interrupted and killed, by name, as they are typed in the folder of the small case."""

from __future__ import annotations

SHORT = {
    "--version": ["--version"],
    "--help": ["run", "--help"],
    "check": ["check", "case.toml", "change.toml"],
    "list": ["list", "leaders", "case.toml"],
    "new": ["new", "--from", "case.toml", "other"],
    "copy": ["copy", "history", "copied"],
    "export": ["export", "case.toml", "--csv", "tables"],
    "chronicle": ["chronicle", "case.toml", "--world", "3"],
}
LONG = {
    "run": ["run", "case.toml", "--worlds", "6000", "--out", "out"],
    "mesa": ["run", "case.toml", "--worlds", "300", "--engine", "mesa", "--workers", "2", "--out", "out"],
    "compare": ["compare", "case.toml", "change.toml", "--worlds", "1000", "--out", "out"],
    "causes": ["causes", "case.toml", "--outcome", "ruling:blue", "--worlds", "300", "--out", "out"],
    "robust": ["robust", "change.toml", "--worlds", "200", "--out", "out"],
    "report": ["report", "case.toml", "--worlds", "1000", "--out", "out"],
    "calibrate": ["calibrate", "case.toml", "--minutes", "0.3", "--out", "out/case.posterior.parquet"],
    "validate": ["validate", "case.toml", "--quick", "--part", "replay", "--part", "nulls", "--out", "out"],
    "sweep": ["sweep", "case.toml", "--vary", "safety_motive=1,5,10,20", "--worlds", "500", "--out", "out"],
}
"""Each writes into `out`, and typed again it continues there or writes the same."""
ENDLESS = {"app": ["app", "case.toml", "--no-show", "--port", "{port}"]}
