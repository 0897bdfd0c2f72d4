"""The HTML of a report: one file, no network, readable on paper."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from factions.report.table import Block, Table, facts
from factions.store.versions import versions

STYLE = """
:root { --ink: #1a1a1a; --grey: #5a5a5a; --line: #dddddd; }
body { font: 16px/1.5 "DejaVu Sans", Verdana, Arial, sans-serif; color: var(--ink); margin: 0 auto; max-width: 62rem;
       padding: 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .3rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; border-top: 1px solid var(--line); padding-top: 1rem; }
.question { font-size: 1.15rem; color: var(--grey); margin: 0 0 1.2rem; }
.answer { background: #f4f6f8; border-left: 4px solid #0072b2; padding: .8rem 1.1rem; }
.answer p { margin: .35rem 0; }
.warning { background: #fff4e5; border-left: 4px solid #d55e00; padding: .6rem 1.1rem; margin: 1rem 0; }
figure { margin: 1.2rem 0; } figure img { width: 100%; height: auto; border: 1px solid var(--line); }
caption { text-align: left; font-weight: bold; padding: .2rem 0; } .note { color: var(--grey); font-size: .9rem; }
figcaption { color: var(--grey); font-size: .9rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .88rem; margin: .6rem 0; }
th, td { text-align: left; padding: .2rem .9rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: anywhere; } tbody:first-child td:first-child { white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.quiet { color: #8a8a8a; }
pre { background: #f7f7f7; padding: .8rem; overflow-x: auto; font-size: .8rem; line-height: 1.4; }
nav a { margin-right: 1rem; } a { color: #0b5c94; }
details { margin: .8rem 0; } summary { cursor: pointer; }
@media print { body { max-width: none; padding: 0; } details > * { display: block; } }
"""


@dataclass
class Page:
    """A page that is put together from top to bottom."""

    title: str
    parts: list[str] = field(default_factory=list)

    def add(self, markup: str) -> None:
        """Add markup as it is."""
        self.parts.append(markup)

    def heading(self, text: str) -> None:
        """Begin a section."""
        self.add(f"<h2>{escape(text)}</h2>")

    def paragraph(self, text: str) -> None:
        """Add a paragraph of plain text."""
        self.add(f"<p>{escape(text)}</p>")

    def picture(self, path: Path, words: str) -> None:
        """Put a PNG into the page itself, with words for those who cannot see it."""
        data = base64.b64encode(path.read_bytes()).decode()
        self.add(
            f'<figure><img alt="{escape(words)}" src="data:image/png;base64,{data}">'
            f"<figcaption>{escape(words)}</figcaption></figure>"
        )

    def points(self, texts: Iterable[str]) -> None:
        """Add a list of plain texts."""
        self.add("<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>")

    def answer(self, texts: Iterable[str]) -> None:
        """Add the answer to the page's question."""
        self.add('<div class="answer">' + "".join(f"<p>{escape(text)}</p>" for text in texts) + "</div>")

    def warnings(self, texts: Iterable[str]) -> None:
        """Add what a reader must know."""
        for text in texts:
            self.add(f'<div class="warning">Warning: {escape(text)}.</div>')

    def table(self, table: Table) -> None:
        """Add a table."""
        caption = f"<caption>{escape(table.title)}</caption>" if table.title else ""
        head = f"<thead>{_row('th', table.headings, table.numbers)}</thead>" if any(table.headings) else ""
        body = "".join(
            _row("td", row, table.numbers, faint) for row, faint in zip(table.rows, table.faint, strict=True)
        )
        self.add(f'<div class="wide"><table>{caption}{head}<tbody>{body}</tbody></table></div>')
        if table.note:
            self.add(f'<p class="note">{escape(table.note)}</p>')

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Add paragraphs and tables; the lines of a paragraph stay lines."""
        for block in blocks:
            if isinstance(block, Table):
                self.table(block)
            else:
                self.add(f"<p>{'<br>'.join(map(escape, block.splitlines()))}</p>")

    def provenance(self, rows: Mapping[str, object]) -> None:
        """Add the section that says what was run, with what."""
        self.heading("Provenance")
        found = ", ".join(f"{name} {version}" for name, version in versions().items())
        self.table(facts({**rows, "versions": found}))

    def text(self, summary: str, text: str) -> None:
        """Add a text that is folded away under its summary."""
        self.add(f"<details><summary>{escape(summary)}</summary><pre>{escape(text)}</pre></details>")

    def markup(self) -> str:
        """The whole page."""
        return (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(self.title)}</title><style>{STYLE}</style></head>\n<body>\n"
            + "\n".join(self.parts)
            + "\n</body></html>\n"
        )


def escape(text: str) -> str:
    """Text as HTML shows it."""
    return html.escape(str(text), quote=True)


def _row(tag: str, cells: Sequence[str], numbers: Sequence[bool], faint: bool = False) -> str:
    kinds = [' class="number"' if number else "" for number in numbers]
    inside = "".join(f"<{tag}{kind}>{escape(cell)}</{tag}>" for cell, kind in zip(cells, kinds, strict=True))
    kind = ' class="quiet"' if faint else ""
    return f"<tr{kind}>{inside}</tr>"
