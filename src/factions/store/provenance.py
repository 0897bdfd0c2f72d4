"""Which program made a result: one digest of all modules that compute it, as this process found them.

A result comes from the modules that compute it and from all that they import, wherever the import stands.  What is
imported for types alone does not count, nor does a package for the sake of one of its modules.  Comments, docstrings
and layout do not count either: what is hashed is the syntax tree, in a form that no version of Python changes.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
"""The folder of the package `factions`."""

WORLDS = ("factions.dynamics", "factions.statements.claims", "factions.parameters")
"""What decides the worlds of given parameters, which claims hold in them, and what the parameters may be."""

_UNTOLD = {"ctx", "kind", "type_comment"}  # fields of the tree that say nothing new


@dataclass(frozen=True)
class _Module:
    """One module: the SHA-256 (hex) of what it says, and the modules of the package that it imports."""

    digest: str
    imports: frozenset[str]


@cache
def program_digest(*entries: str, package: Path = PACKAGE) -> str:
    """SHA-256 (hex) of the modules named and of all that they import; ValueError if there is no such module."""
    hasher = hashlib.sha256()
    for name in closure(*entries, package=package):
        hasher.update(f"{name} {_module(name, package).digest}\n".encode())
    return hasher.hexdigest()


def closure(*entries: str, package: Path = PACKAGE) -> list[str]:
    """Names of the modules named and of all modules of the package that they import, in order."""
    found: set[str] = set()
    todo = set(entries)
    while todo:
        name = todo.pop()
        found.add(name)
        todo |= _module(name, package).imports - found
    return sorted(found)


def source(name: str, package: Path = PACKAGE) -> Path | None:
    """The file of a module of the package, None if there is no such module."""
    top, *inner = name.split(".")
    if top != package.name:
        return None
    path = package.joinpath(*inner)
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


@cache
def _module(name: str, package: Path) -> _Module:
    file = source(name, package)
    if file is None:
        raise ValueError(f"there is no module {name} in {package}")
    tree = ast.parse(file.read_bytes(), file)
    origin = name if file.name == "__init__.py" else name.rpartition(".")[0]
    imported = (found for found in _imported(tree, origin, package) if source(found, package) is not None)
    return _Module(hashlib.sha256(told(tree).encode()).hexdigest(), frozenset(imported))


def _imported(tree: ast.Module, origin: str, package: Path) -> Iterator[str]:
    """Names of the modules that a module in the package `origin` imports, those outside `package` among them."""
    for statement in _statements(tree.body):
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        if isinstance(statement, ast.ImportFrom):
            above = ".".join(origin.split(".")[: origin.count(".") + 2 - statement.level]) if statement.level else ""
            base = ".".join(part for part in (above, statement.module) if part)
            for alias in statement.names:
                inner = f"{base}.{alias.name}"
                yield base if source(inner, package) is None else inner


def _statements(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Every statement in a body, and those inside it, without what does not count."""
    for node in body:
        if not _silent(node):
            yield node
            yield from _statements(part for part in ast.iter_child_nodes(node) if not isinstance(part, ast.expr))


def told(value: object) -> str:
    """What a syntax tree says, as text that is the same in every version of Python from 3.11 on."""
    if isinstance(value, ast.AST):
        fields = (
            f"{name}={told(part)}"
            for name, part in ast.iter_fields(value)
            if name not in _UNTOLD and part is not None and part != []
        )
        return f"{type(value).__name__}({','.join(fields)})"
    if isinstance(value, list):
        return f"[{','.join(told(part) for part in value if not _silent(part))}]"
    return ascii(value)


def _silent(node: object) -> bool:
    """Does a statement do nothing: a docstring, or what is there for type checkers alone."""
    match node:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=[]):
            return True
    return False
