"""The documentation site: it builds without a warning, opens without a network, and says all there is to say."""

from __future__ import annotations

import ast
import html
import importlib.util
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import factions
from factions import cli
from factions.scenario import load

ROOT = Path(__file__).parents[1]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BUILT = importlib.util.find_spec("mkdocs") and importlib.util.find_spec("mkdocstrings_handlers")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Page -> its HTML, without figures."""
    if not BUILT:
        pytest.skip('the extra "docs" is not installed')
    out = tmp_path_factory.mktemp("site")
    nowhere = {"FACTIONS_GALLERY": str(out / "none"), "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out / "site")]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **nowhere}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {path.stem: path.read_text(encoding="utf-8") for path in (out / "site").glob("*.html")}


def test_every_page_is_there(site):
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert pages | {"model", "changelog", "commands", "format", "who", "gallery"} <= set(site)


def test_nothing_is_fetched_from_elsewhere(site):
    for name, text in site.items():
        fetched = re.findall(r'<(?:script|img|iframe|source)[^>]*\ssrc="([^"]+)"', text)
        fetched += re.findall(r'<link[^>]*rel="(?:stylesheet|icon|preconnect|preload)"[^>]*href="([^"]+)"', text)
        assert [url for url in fetched if re.match(r"(https?:)?//", url)] == [], name
        assert fetched


def test_every_command_and_option_is_described(site):
    text = html.unescape(site["commands"])
    for name, command in typer.main.get_command(cli.app).commands.items():
        assert f"factions {name}" in text
        options = [option for one in command.params for option in one.opts if option.startswith("--")]
        assert [option for option in options if option not in text] == []


def test_every_name_of_the_interface_is_described(site):
    for name in factions.__all__:
        assert re.search(rf'id="factions\.[\w.]+\.{name}"', site["python"]), name


def test_every_leader_and_every_table_of_a_file_is_listed(site):
    who = html.unescape(site["who"])
    assert [one.name for one in load(ROOT / "scenarios" / "history.toml").leaders if one.name not in who] == []
    for table in ("leaders", "ties", "meetings", "events", "changes", "record"):
        assert f"[[{table}]]" in site["format"]
    said = html.unescape(site["format"])
    assert [kind for kind in ("alliance", "cancel", "policy_shift") if f'kind = "{kind}"' not in said] == []


def test_a_broken_link_is_an_error(tmp_path):
    if not BUILT:
        pytest.skip('the extra "docs" is not installed')
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("[gone](nowhere.md)\n")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    kept = re.sub(r"(?ms)^(hooks|nav|plugins|extra_css):.*?(?=^\w)|^nav:.*\Z|^plugins:.*\Z", "", settings)
    (tmp_path / "mkdocs.yml").write_text(kept)
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode != 0 and "nowhere.md" in done.stderr


def undocumented(path: Path) -> list[str]:
    """Public functions, classes and methods without a docstring; a method may have that of the base of its class."""

    def within(node: ast.AST, inherits: bool) -> list[str]:
        found = []
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.ClassDef) and not child.name.startswith("_"):
                if not ast.get_docstring(child) and not inherits:
                    found.append(f"{path.relative_to(ROOT)}: {child.name}")
                if isinstance(child, ast.ClassDef):
                    found += within(child, bool(child.bases))
        return found

    return within(ast.parse(path.read_text(encoding="utf-8")), False)


def test_no_public_name_is_undocumented():
    found = [name for path in sorted((ROOT / "src").rglob("*.py")) for name in undocumented(path)]
    assert found == []


def test_the_commands_of_the_tutorial_run_in_their_order(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```(sh|toml)\n(.*?)^```$", TUTORIAL, re.MULTILINE | re.DOTALL)
    for language, text in blocks:
        if language == "toml":
            Path("secretariat.toml").write_text(text, encoding="utf-8")
            continue
        for line in text.splitlines():
            _, *arguments = shlex.split(line)
            few = ["--worlds", "20"] if "--worlds" in arguments else []
            assert cli.main([*arguments, *few]) == 0, line
