"""Pages of the site that say what the program says: commands, file format, who is who, gallery, model, changelog.

MkDocs calls `on_files`. What stands once in the program is not written again for the site.
"""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[1]
FIGURES = Path(os.environ.get("FACTIONS_GALLERY", ROOT / "out" / "gallery"))
"""Where `make docs` has run what the gallery shows."""


def on_files(files: Files, config: Any) -> Files:
    """Adds the generated pages, and the figures of the gallery."""
    pages = {
        "model.md": (ROOT / "MODEL.md").read_text(encoding="utf-8"),
        "changelog.md": (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
        "commands.md": commands(),
        "format.md": file_format(),
        "who.md": who_is_who(),
        "gallery.md": gallery(),
    }
    for name, text in pages.items():
        files.append(File.generated(config, name, content=text))
    for folder, _, name in FIGURES_SHOWN:
        if (FIGURES / folder / name).is_file():
            figure = str(FIGURES / folder / name)
            files.append(File.generated(config, f"figures/{_flat(folder, name)}", abs_src_path=figure))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Puts every name of the Python interface where python.md has a place for it."""
    import factions

    named = [getattr(factions, name) for name in factions.__all__]
    for kind, wanted in (("classes", True), ("functions", False)):
        places = [f"::: {one.__module__}.{one.__qualname__}" for one in named if isinstance(one, type) == wanted]
        markdown = markdown.replace(f"<!-- {kind} -->", "\n\n".join(places))
    return markdown


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Replaces the one script that the theme would fetch from elsewhere."""
    return re.sub(r'src="https://unpkg\.com/iframe-worker/shim"', 'src="worker.js"', output)


def on_post_template(output: str, template_name: str, config: Any) -> str:
    """The same for pages that are no pages of ours, such as 404.html."""
    return on_post_page(output, None, config)


def commands() -> str:
    """Every command with its arguments and options, as `--help` has them."""
    from factions.cli import app

    group: Any = typer.main.get_command(app)
    lines = ["# Commands", "", "`factions COMMAND --help` prints the same.", ""]
    for name, command in group.commands.items():
        context = command.make_context(name, [], resilient_parsing=True)
        records = [(one, one.get_help_record(context)) for one in command.params]
        said = {kind: [r for one, r in records if r and one.param_type_name == kind] for kind in ("argument", "option")}
        usage = " ".join([f"factions {name}", *(words.split()[0] for words, _ in said["argument"]), "[OPTIONS]"])
        lines += [
            f"## factions {name}",
            "",
            f"`{usage}`",
            "",
            command.help or "",
            "",
            "| option | meaning |",
            "|---|---|",
        ]
        lines += [f"| {_code(words)} | {_cell(text)} |" for kind in said for words, text in said[kind]]
        lines.append("")
    return "\n".join(lines)


def _code(words: str) -> str:
    """What is typed, in a cell; the types that some versions of typer add to a metavar are left out."""
    typed = re.sub(r" <(list\[)?\w+\]?>", "", words)
    return f"<code>{html.escape(typed).replace('|', '&#124;')}</code>"


def _cell(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").replace("|", "\\|").replace("<", "&lt;")


def file_format() -> str:
    """The tables of a scenario file, as `scenarios/schema.json` has them."""
    schema = json.loads((ROOT / "scenarios" / "schema.json").read_text(encoding="utf-8"))
    parts = [
        "# The file format",
        "",
        "A scenario is a TOML file. Editors that know JSON Schema complete and check it with `scenarios/schema.json`, "
        "from which this page is made. Instead of a file there may be a folder of CSV tables with the same columns "
        "(`factions export`). An `id` begins with a letter and has lower-case letters, digits and `_`.",
        "",
        "## At the top of a file",
        "",
        *_fields({"properties": schema["properties"], "required": ["title", "start", "end"]}),
        "",
    ]
    events = re.findall(r"#/\$defs/(\w+)", json.dumps(schema["properties"]["events"]))
    for table, field in schema["properties"].items():
        names = list(dict.fromkeys(re.findall(r"#/\$defs/(\w+)", json.dumps(field))))
        if table == "changes":  # without those of events, which stand above
            names = [name for name in names if name.removesuffix("Change") not in events]
        if not names:
            continue
        parts += [f"## {f'[[{table}]]' if 'items' in field else f'[{table}]'}", "", field.get("description", ""), ""]
        for name in names:
            entry = schema["$defs"][name]
            parts += [f"### {_kind(entry) or _heading(name)}", ""] if len(names) > 1 else []
            parts += [entry.get("description", ""), "", *_fields(entry), ""]
        parts += ["And every kind of `[[events]]`, where `id` may be missing.", ""] if table == "changes" else []
    return "\n".join(parts)


def _kind(entry: dict[str, Any]) -> str:
    """What a file writes to have an entry of this kind."""
    for tag in ("kind", "predicate"):
        if "const" in (field := entry["properties"].get(tag, {})):
            return f'{tag} = "{field["const"]}"'
    return ""


def _heading(name: str) -> str:
    """The words of a name: MeetingKind, meeting kind."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).capitalize()


def _fields(entry: dict[str, Any]) -> Iterator[str]:
    yield "| field | type | meaning |"
    yield "|---|---|---|"
    for name, field in entry.get("properties", {}).items():
        needed = ", needed" if name in entry.get("required", []) else ""
        yield f"| `{name}` | {_type(field)}{needed} | {_cell(field.get('description'))} |"


def _type(field: dict[str, Any]) -> str:
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "$ref" in field:
        return _heading(field["$ref"].rpartition("/")[2]).lower()
    if "items" in field:
        return f"list of {_type(field['items'])}"
    if "anyOf" in field or "oneOf" in field:
        kinds = dict.fromkeys(_type(one) for one in [*field.get("anyOf", ()), *field.get("oneOf", ())])
        return " or ".join(kinds) if len(kinds) < 6 else "one of several kinds"
    if field.get("format") == "date":
        return "date"
    words = {
        "string": "text",
        "boolean": "true or false",
        "integer": "whole number",
        "object": "table",
        "array": "list",
    }
    bounds = [
        f"{sign} {field[end]:g}" for end, sign in (("minimum", "≥"), ("maximum", "≤")) if abs(field.get(end, 1e9)) < 1e9
    ]
    return " ".join([words.get(field.get("type", ""), field.get("type", "any")), *bounds])


def who_is_who() -> str:
    """The leaders of the shipped case by bloc, with their offices, as the file has them."""
    import factions

    case = factions.load("history")
    offices: dict[str, list[str]] = {}
    for office in case.offices:
        offices.setdefault(office.holder or "", []).append(office.name)
    blocs = [(bloc.name, [one for one in case.leaders if one.bloc == bloc.id]) for bloc in case.blocs]
    blocs.append(("In no bloc", [one for one in case.leaders if one.bloc is None]))
    lines = ["# Who is who", "", f"{case.title}: as everybody stood on {case.start.isoformat()}.", ""]
    for name, leaders in blocs:
        if leaders:
            lines += [
                f"## {name}",
                "",
                "| name | standing | prestige | offices | remark, sources |",
                "|---|---|---|---|---|",
            ]
        for one in leaders:
            held = ", ".join(offices.get(one.id, ()))
            standing, sources = one.standing.replace("_", " "), ", ".join(one.sources)
            lines.append(f"| {one.name} | {standing} | {one.prestige:g} | {held} | {_cell(one.note)} ({sources}) |")
        lines.append("")
    lines += ["## Sources", "", "| key | work |", "|---|---|"]
    lines += [f"| {key} | {_work(source.text, source.url)} |" for key, source in case.sources.items()]
    return "\n".join(lines)


def _work(text: str, url: str | None) -> str:
    return f"[{_cell(text)}]({url})" if url else _cell(text)


_SEVERAL = "factions compare history testament trotsky_backs_zinoviev"
_CAUSES = "factions causes history --outcome ruling:right --only event"
FIGURES_SHOWN = (
    ("run/plots", "Who allies with whom, documented and simulated (`factions run history`)", "alliances.png"),
    ("run/plots", "Influence of the blocs (`factions run history`)", "influence.png"),
    ("run/plots", "Where leaders stand (`factions run history`)", "standing.png"),
    ("run/plots", "The claims of the record (`factions run history`)", "claims.png"),
    ("compare/testament/plots", "What a change alters (`factions compare history testament`)", "contrasts.png"),
    ("compare/testament/plots", "What carries it (`factions compare history testament`)", "flow.png"),
    ("compare/testament/plots", "From which meeting on (`factions compare history testament`)", "divergence.png"),
    ("compare/testament/plots", "Leaders on both sides (`factions compare history testament`)", "standing.png"),
    ("compare/testament/plots", "Influence on both sides (`factions compare history testament`)", "influence.png"),
    ("compare", f"Several what-ifs: who rules (`{_SEVERAL}`)", "ends.png"),
    ("compare", f"Several what-ifs: from which meeting on (`{_SEVERAL}`)", "divergence.png"),
    ("causes", f"What caused an outcome (`{_CAUSES}`)", "causes.png"),
    ("causes", f"When it was settled (`{_CAUSES}`)", "inevitability.png"),
    (
        "sweep",
        "How outcomes hang on a parameter (`factions sweep history --vary safety_motive=5,10,15,20`)",
        "sweep.png",
    ),
    ("tribes/plots", "Ties alone (`factions run gahuku_gama`)", "alliances.png"),
    ("cabinet/plots", "A cabinet after an election (`factions run germany_2021`)", "alliances.png"),
    ("party/plots", "Another party (`factions run spd_1914`)", "standing.png"),
)
"""Folder, caption and file of each figure."""


def gallery() -> str:
    """The figures that `make docs` has drawn, each with the command that draws it."""
    there = [each for each in FIGURES_SHOWN if (FIGURES / each[0] / each[2]).is_file()]
    lines = ["# Gallery", ""]
    if not there:
        return "\n".join([*lines, "Built without figures: `make docs` draws them."])
    lines += ["Each figure stands beside a table with its numbers in the folder that `--out` names.", ""]
    for folder, caption, name in there:
        lines += [f"## {caption.partition(' (')[0]}", "", f"{caption.partition(' (')[2].rstrip(')')}", ""]
        lines += [f"![{caption.partition(' (')[0]}](figures/{_flat(folder, name)})", ""]
    return "\n".join(lines)


def _flat(folder: str, name: str) -> str:
    return f"{folder.replace('/', '_')}_{name}"
