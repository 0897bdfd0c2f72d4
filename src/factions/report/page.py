"""The HTML of a report: one file, no network, readable on paper."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from factions.report.play import script as player
from factions.report.table import LITERAL, Block, Table, facts
from factions.store.plain import to_plain
from factions.store.versions import versions

if TYPE_CHECKING:
    from factions.report.play.data import Play

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
@media (max-width: 40rem) {
  body { padding: .8rem; } .cards caption, .cards tbody, .cards tr, .cards td { display: block; }
  .cards thead { display: none; } .cards tr { border-bottom: 2px solid var(--line); padding: .5rem 0; }
  .cards td { border: 0; padding: .1rem 0; } .cards td:first-child { font-weight: bold; white-space: normal; }
  .cards td:not(:first-child):not(:empty)::before { content: attr(data-head) ": "; color: var(--grey); }
}
@media print { body { max-width: none; padding: 0; } details > * { display: block; } }
"""
REPEAT = "To repeat this"
"""The heading of the section that says what was run, where it comes last."""

_WIDE = "body { max-width: 80rem; } main > p, main > ul, main > .answer { max-width: 62rem; }\n"
"""Worlds that are played take more room than text."""


@dataclass
class Page:
    """A page that is put together from top to bottom."""

    title: str
    parts: list[str] = field(default_factory=list)
    plays: bool = False
    style: str = ""
    """Rules of its own: a page shows no others than those that its policy names."""

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
        from factions.plots.output import small_png

        data = base64.b64encode(small_png(path)).decode()
        self.add(
            f'<figure><img alt="{escape(words)}" src="data:image/png;base64,{data}">'
            f"<figcaption>{escape(words)}</figcaption></figure>"
        )

    def play(self, play: Play) -> None:
        """Add worlds to be played, once a page; packed, so that nothing in them can be taken for markup."""
        text = json.dumps(to_plain(play), separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        data = base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()
        self.plays = True
        self.add(
            '<div id="play"><p class="note">The worlds are drawn by a script in this page; it is not running.</p></div>'
        )
        self.add(f'<script type="application/gzip" data-for="play">{data}</script>')

    def points(self, texts: Iterable[str]) -> None:
        """Add a list of plain texts."""
        self.add("<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>")

    def terms(self, terms: Iterable[tuple[str, str]]) -> None:
        """Add a list of terms, each with what it means."""
        self.add("<ul>" + "".join(f"<li><b>{escape(term)}</b>: {escape(text)}</li>" for term, text in terms) + "</ul>")

    def answer(self, texts: Iterable[str]) -> None:
        """Add the answer to the page's question."""
        self.add('<div class="answer">' + "".join(f"<p>{escape(text)}</p>" for text in texts) + "</div>")

    def note(self, text: str) -> None:
        """Add a remark in small letters; nothing for an empty one."""
        if text:
            self.add(f'<p class="note">{escape(text)}</p>')

    def warnings(self, texts: Iterable[str]) -> None:
        """Add what a reader must know."""
        for text in texts:
            self.add(f'<div class="warning">Warning: {escape(text)}.</div>')

    def table(self, table: Table, links: Sequence[str] = (), cards: bool = False) -> None:
        """Add a table.

        `links`: for each row where its first cell leads to; `cards`: on a narrow screen each row stands by itself, its
        cells one below the other under their headings.
        """
        caption = f"<caption>{escape(table.title)}</caption>" if table.title else ""
        head = f"<thead>{_row('th', table.headings, table.numbers)}</thead>" if any(table.headings) else ""
        body = "".join(
            _row("td", row, table.numbers, faint, link, table.headings if cards else ())
            for row, faint, link in zip(table.rows, table.faint, links or [""] * len(table.rows), strict=True)
        )
        kind = ' class="cards"' if cards else ""
        self.add(f'<div class="wide"><table{kind}>{caption}{head}<tbody>{body}</tbody></table></div>')
        self.note(table.note)

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Add paragraphs and tables; the lines of a paragraph stay lines."""
        for block in blocks:
            if isinstance(block, Table):
                self.table(block)
            else:
                self._lines(block.splitlines())

    def _lines(self, lines: Sequence[str]) -> None:
        """A paragraph whose lines stay lines, and what is typed as it is typed."""
        for typed, part in groupby(lines, key=lambda line: line.startswith(LITERAL)):
            if typed:
                self.add(f"<pre>{escape(chr(10).join(line.removeprefix(LITERAL) for line in part))}</pre>")
            else:
                self.add(f"<p>{'<br>'.join(map(escape, part))}</p>")

    def provenance(self, rows: Mapping[str, object], heading: str = "Provenance") -> None:
        """Add the section that says what was run, with what."""
        self.heading(heading)
        found = ", ".join(f"{name} {version}" for name, version in versions().items())
        self.table(facts({**rows, "versions": found}))

    def text(self, summary: str, text: str) -> None:
        """Add a text that is folded away under its summary."""
        self.add(f"<details><summary>{escape(summary)}</summary><pre>{escape(text)}</pre></details>")

    def fold(self, summary: str, table: Table) -> None:
        """Add a table that is folded away under its summary."""
        with self.folded(summary):
            self.table(table)

    @contextmanager
    def folded(self, summary: str) -> Iterator[None]:
        """Context in which what is added is folded away under a summary."""
        self.add(f"<details><summary>{escape(summary)}</summary>")
        yield
        self.add("</details>")

    def markup(self) -> str:
        """The whole page.  It forbids itself to load anything: no script, style or picture but those in it."""
        style, script = (
            STYLE + self.style + (_WIDE + player.STYLE if self.plays else ""),
            player.SCRIPT if self.plays else "",
        )
        allowed = f"default-src 'none'; style-src {_hash(style)}; img-src data:; base-uri 'none'; form-action 'none'"
        allowed += f"; script-src {_hash(script)}" if script else ""
        return (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{allowed}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(self.title)}</title><style>{style}</style></head>\n<body>\n<main>\n"
            + "\n".join(self.parts)
            + "\n</main>\n"
            + (f"<script>{script}</script>" if script else "")
            + "</body></html>\n"
        )


def _hash(text: str) -> str:
    """What a Content-Security-Policy calls a text by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def escape(text: str) -> str:
    """Text as HTML shows it."""
    return html.escape(str(text), quote=True)


def _row(
    tag: str,
    cells: Sequence[str],
    numbers: Sequence[bool],
    faint: bool = False,
    link: str = "",
    headings: Sequence[str] = (),
) -> str:
    kinds = [' class="number"' if number else "" for number in numbers]
    if headings:
        kinds = [f'{kind} data-head="{escape(head)}"' for kind, head in zip(kinds, headings, strict=True)]
    texts = [escape(cell) for cell in cells]
    if link:
        texts[0] = f'<a href="{escape(link)}">{texts[0]}</a>'
    inside = "".join(f"<{tag}{kind}>{text}</{tag}>" for text, kind in zip(texts, kinds, strict=True))
    kind = ' class="quiet"' if faint else ""
    return f"<tr{kind}>{inside}</tr>"
