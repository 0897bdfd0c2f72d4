"""The command line by its three names: the command, the module, and its version."""

from __future__ import annotations

import subprocess
import sys

import factions
from factions import cli


def test_the_version_is_printed_before_any_command(capsys):
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"factions {factions.__version__}\n"


def test_the_module_is_the_command(capsys):
    def module(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "factions", *arguments], capture_output=True, text=True)

    assert module("--version").stdout == f"factions {factions.__version__}\n"
    missing = module("check", "missing.toml")
    assert missing.returncode == cli.main(["check", "missing.toml"]) == 2
    assert missing.stderr == capsys.readouterr().err
