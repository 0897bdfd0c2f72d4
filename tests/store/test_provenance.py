"""The digest of the program: it sees every edit of what computes a result, and no other."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from factions.inference import files
from factions.runs import job
from factions.store.provenance import PACKAGE, WORLDS, closure, program_digest, source, told

ROOT = Path(__file__).parents[2]


@pytest.fixture
def package(tmp_path) -> Path:
    """A copy of the package, to be edited."""
    return Path(shutil.copytree(PACKAGE, tmp_path / "factions", ignore=shutil.ignore_patterns("__pycache__")))


def commented(text: str) -> str:
    return text.replace("\n\n\n", "\n\n\n# A comment.\n", 1)


class _Documented(ast.NodeTransformer):
    """Another docstring in every function, also where there was none."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        self.generic_visit(node)
        rest = node.body[1:] if ast.get_docstring(node) is not None else node.body
        node.body = [ast.Expr(ast.Constant("Another docstring.")), *rest]
        return node


def documented(text: str) -> str:
    return ast.unparse(ast.fix_missing_locations(_Documented().visit(ast.parse(text))))


def laid_out_anew(text: str) -> str:
    return ast.unparse(ast.parse(text))


class _Negated(ast.NodeTransformer):
    done = False

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if self.done:
            return node
        self.done = True
        return ast.UnaryOp(ast.Not(), node)


def negated(text: str) -> str:
    """The first comparison says the opposite."""
    edit = _Negated()
    tree = edit.visit(ast.parse(text))
    assert edit.done
    return ast.unparse(ast.fix_missing_locations(tree))


SEEN = ("scenario/content/changes.py", "rules/sanctions.py", "engine/bargaining.py", "statements/claims.py")


@pytest.mark.parametrize("file", SEEN)
@pytest.mark.parametrize("edit", [commented, documented, laid_out_anew])
def test_words_and_layout_do_not_count(package, file, edit: Callable[[str], str]):
    text = (package / file).read_text(encoding="utf-8")
    (package / file).write_text(edit(text), encoding="utf-8")
    assert edit(text) != text
    assert program_digest(*WORLDS, package=package) == program_digest(*WORLDS)


@pytest.mark.parametrize("file", SEEN)
def test_an_edit_of_what_decides_worlds_is_seen(package, file):
    path = package / file
    path.write_text(negated(path.read_text(encoding="utf-8")), encoding="utf-8")
    for entries in (WORLDS, job.PROGRAM, files.PROGRAM):
        assert program_digest(*entries, package=package) != program_digest(*entries)


@pytest.mark.parametrize(
    "file", ["results/tally.py", "results/ensemble.py", "model/party.py", "runs/job.py", "runs/blocks.py"]
)
def test_how_worlds_are_counted_and_kept_is_seen_by_runs(package, file):
    path = package / file
    path.write_text(negated(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert program_digest(*job.PROGRAM, package=package) != program_digest(*job.PROGRAM)


def test_an_edit_elsewhere_is_not_seen(package):
    for file in ("plots/style.py", "report/comparison.py", "cli/compare.py", "counterfactual/compare.py"):
        path = package / file
        path.write_text(negated(path.read_text(encoding="utf-8")), encoding="utf-8")
    for entries in (WORLDS, job.PROGRAM, files.PROGRAM):
        assert program_digest(*entries, package=package) == program_digest(*entries)


TOY = {
    "__init__.py": "from toy import late",
    "start.py": """\
from typing import TYPE_CHECKING

import json
import toy.plain
from toy.inner import thing
from toy.inner.reexported import other
if TYPE_CHECKING:
    from toy import typed

def f():
    from toy import late
    try:
        from .beside import x
    except ImportError:
        pass
""",
    "plain.py": "",
    "typed.py": "",
    "late.py": "from toy.later import y",
    "later.py": "import toy.start",
    "beside.py": "",
    "unused.py": "",
    "inner/__init__.py": "from toy.inner.reexported import thing",
    "inner/reexported.py": "from ..up import z",
    "up.py": "",
}


@pytest.fixture
def toy(tmp_path) -> Path:
    for name, text in TOY.items():
        path = tmp_path / "toy" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "toy"


def test_every_import_is_followed_but_those_for_types(toy):
    names = ("beside", "inner", "inner.reexported", "late", "later", "plain", "start", "up")
    assert closure("toy.start", package=toy) == [f"toy.{name}" for name in names]
    assert closure("toy.up", "toy.plain", package=toy) == ["toy.plain", "toy.up"]


def test_a_module_that_is_not_there_is_refused(toy):
    with pytest.raises(ValueError, match=r"no module toy\.gone"):
        program_digest("toy.gone", package=toy)


def test_modules_that_change_places_are_other_modules(toy):
    before = program_digest("toy.start", package=toy)
    (toy.parent / "other").mkdir()
    moved = Path(shutil.copytree(toy, toy.parent / "other" / "toy"))
    assert program_digest("toy.start", package=moved) == before
    shutil.copytree(toy, moved := toy.parent / "third" / "toy")
    (moved / "plain.py").write_text("1", encoding="utf-8")
    (moved / "up.py").write_text("2", encoding="utf-8")
    one = program_digest("toy.start", package=moved)
    shutil.copytree(toy, moved := toy.parent / "fourth" / "toy")
    (moved / "plain.py").write_text("2", encoding="utf-8")
    (moved / "up.py").write_text("1", encoding="utf-8")
    assert len({one, before, program_digest("toy.start", package=moved)}) == 3


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("x = None", "[Assign(targets=[Name(id='x')],value=Constant())]"),
        ("x = u'\u00e9\U0001fae8'", r"[Assign(targets=[Name(id='x')],value=Constant(value='\xe9\U0001fae8'))]"),
        (
            "def f(a, /, *b: int): return -1",
            "[FunctionDef(name='f',args=arguments(posonlyargs=[arg(arg='a')],"
            "vararg=arg(arg='b',annotation=Name(id='int'))),"
            "body=[Return(value=UnaryOp(op=USub(),operand=Constant(value=1)))])]",
        ),
        (
            "f'a{x!r:>{w}}' 'b' f'c{y}{{'",
            "[Expr(value=JoinedStr(values=[Constant(value='a'),FormattedValue(value=Name(id='x'),conversion=114,"
            "format_spec=JoinedStr(values=[Constant(value='>'),FormattedValue(value=Name(id='w'),conversion=-1)])),"
            "Constant(value='bc'),FormattedValue(value=Name(id='y'),conversion=-1),Constant(value='{')]))]",
        ),
    ],
)
def test_the_form_is_the_same_in_every_version_of_python(text, form):
    assert told(ast.parse(text)) == f"Module(body={form})"


def test_packages_do_nothing_but_pass_names_on():
    # An import of a module runs the packages above it too, and these are not followed: so they must not do anything.
    packages = {name.rpartition(".")[0] for name in closure(*job.PROGRAM, *files.PROGRAM)} - {"factions"}
    for name in packages:
        for statement in ast.parse(source(name).read_text(encoding="utf-8")).body:
            passed_on = isinstance(statement, ast.ImportFrom | ast.Expr)
            assert passed_on or (isinstance(statement, ast.Assign) and statement.targets[0].id == "__all__"), name


RUN = """
import sys
import threading
from pathlib import Path
import numpy as np
from factions.draws import find_draws
from factions.inference.calibration import Plan, calibrate
from factions.inference.observed import observe
from factions.runs.job import Block, Job, run_block
from factions.scenario import load
from factions.store.provenance import PACKAGE

scenario = load(Path(sys.argv[1]))
draws = find_draws(scenario)
observed = observe(scenario)
called = set()


def note(frame, event, _):
    if frame.f_code.co_name != "<module>":
        called.add(frame.f_code.co_filename)


threading.setprofile(note)
sys.setprofile(note)
if sys.argv[2] == "calibrate":
    calibrate(observed, Plan(1, 300, runs=1, points=8))
else:
    run_block(Job(scenario, 0, draws, sys.argv[2]), Block(0, 2), True)
sys.setprofile(None)
for file in called:
    if file.startswith(f"{PACKAGE}"):
        print("factions." + ".".join(Path(file).relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"))
"""


def modules_of(what: str, file: Path, **environment: str) -> set[str]:
    """The modules of the package whose functions are called."""
    arguments = [sys.executable, "-c", RUN, str(file), what]
    environment |= {"PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(arguments, capture_output=True, text=True, env=os.environ | environment, check=True)
    return set(done.stdout.split())


# Objects that are handed over bring methods that no import names: their modules must be entries themselves.


@pytest.mark.parametrize("engine", job.ENGINES)
def test_whatever_runs_worlds_is_counted(engine):
    ran = modules_of(engine, ROOT / "scenarios" / "counterfactuals" / "testament.toml", NUMBA_DISABLE_JIT="1")
    assert {"factions.world.build", "factions.shocks", "factions.draws"} <= ran
    assert sorted(ran - set(closure(*job.PROGRAM))) == []


def test_whatever_calibrates_is_counted(minimal, write):
    ran = modules_of("calibrate", write(minimal))
    assert {"factions.inference.sampler", "factions.inference.observed"} <= ran
    assert sorted(ran - set(closure(*files.PROGRAM))) == []
