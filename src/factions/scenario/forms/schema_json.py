"""The JSON Schema of scenario files, made from the models, for editors and for other programs.

`python -m factions.scenario.forms.schema_json [FILE]` writes it, by default to scenarios/schema.json.
A file that extends another, and the patch of a contested option, give parts of entries; so the schema asks
for nothing but what tells entries apart, and its `else` adds what a file that extends none must give.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from factions.scenario.content.changes import TIMES
from factions.scenario.content.fields import ENTRIES, PATCH
from factions.scenario.content.schema import Content

DEFAULT = Path("scenarios/schema.json")
_REF = "#/$defs/"


def schema() -> dict[str, Any]:
    """The schema, for whole files and for files that extend others."""
    content = _plain(Content.model_json_schema())
    models = content.pop("$defs")
    requirements = _requirements(content, models)
    for key, entries in ENTRIES.items():
        ids = [model.model_fields.get("id") for model in entries.models.values()]
        named = all(field is not None and field.is_required() for field in ids)
        identity = "id" if named else entries.tag or "blocs"
        _loosen_entry(content["properties"][key]["items"], models, identity)
    for model in ENTRIES["changes"].models.values():
        _several(models[model.__name__]["properties"])
    for name in ("Source", "Contested", "Option"):
        models[name].pop("required")
    remove = {"type": "array", "items": {"type": "string"}, "description": "What to take out first: table.id."}
    extends = {"type": "string", "description": "The file that this one changes, as seen from this one."}
    properties = {"extends": extends, "remove": remove, **content["properties"]}
    models["Option"]["properties"] |= {key: properties[key] for key in sorted(PATCH)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A scenario of factions",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "if": {"required": ["extends"]},
        "else": requirements,
        "$defs": models,
    }


def text() -> str:
    """The schema as the file holds it."""
    return json.dumps(schema(), indent=1) + "\n"


def _several(fields: dict[str, Any]) -> None:
    """Lets a change give a list of times for one."""
    for name in fields.keys() & set(TIMES):
        one = {key: value for key, value in fields[name].items() if key != "description"}
        said = {key: value for key, value in fields[name].items() if key == "description"}
        fields[name] = {**said, "anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def _loosen_entry(items: dict[str, Any], models: dict[str, Any], identity: str) -> None:
    """Leaves an entry required to say which one it is, and nothing else."""
    if "oneOf" in items:  # without its kind, an entry may fit several models
        items["anyOf"] = items.pop("oneOf")
    items.pop("discriminator", None)
    for choice in items.get("anyOf", [items]):
        models[choice["$ref"].removeprefix(_REF)]["required"] = [identity]


def _requirements(part: dict[str, Any], models: dict[str, Any]) -> dict[str, Any]:
    """What a part of the schema requires, and nothing else of it."""
    if "$ref" in part:
        return _requirements(models[part["$ref"].removeprefix(_REF)], models)
    found: dict[str, Any] = {key: part[key] for key in ("required", "minItems") if key in part}
    for key in ("properties", "patternProperties"):
        below = {name: _requirements(item, models) for name, item in part.get(key, {}).items()}
        if any(below.values()):
            found[key] = {name: item for name, item in below.items() if item}
    for key in ("items", "additionalProperties"):
        below = _requirements(part[key], models) if isinstance(part.get(key), dict) else {}
        if below:
            found[key] = below
    if "discriminator" in part:
        field = part["discriminator"]["propertyName"]
        found["required"] = [field]
        found["allOf"] = [
            {
                "if": {"required": [field], "properties": {field: {"const": kind}}},
                "then": _requirements({"$ref": reference}, models),
            }
            for kind, reference in part["discriminator"]["mapping"].items()
        ]
    return found


def _plain(value: Any) -> Any:
    """Without null, which TOML does not have, and without titles that repeat the key."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {
        key: _plain(item)
        for key, item in value.items()
        if not (key == "title" and isinstance(item, str)) and not (key == "default" and item is None)
    }
    choices = kept.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        (other,) = [choice for choice in choices if choice != {"type": "null"}]
        del kept["anyOf"]
        kept |= other
    return kept


def main(arguments: list[str]) -> None:
    """Writes the schema to the file named, or to its place in the repository."""
    path = Path(arguments[0]) if arguments else DEFAULT
    path.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
