"""Where the app listens."""

import socket

import pytest

from factions import cli


def test_a_place_where_something_else_listens_is_refused_before_anything_is_compiled(capsys, monkeypatch):
    server = pytest.importorskip("factions.app.server", reason="needs nicegui", exc_type=ImportError)
    monkeypatch.setattr(server, "compile_engine", None)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert cli.main(["app", "history", "--no-show", "--port", str(port)]) == 2
    said = f"the app cannot listen at 127.0.0.1, port {port}: something else listens there; give another --port\n"
    assert capsys.readouterr().err == said


def test_a_place_that_this_machine_has_not_is_refused(capsys, monkeypatch):
    server = pytest.importorskip("factions.app.server", reason="needs nicegui", exc_type=ImportError)
    monkeypatch.setattr(server, "compile_engine", None)
    assert cli.main(["app", "history", "--no-show", "--address", "192.0.2.1", "--open-to-network"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("the app cannot listen at 192.0.2.1, port 8080: ") and "(" not in line
    assert line.endswith("; give another --address or --port")
