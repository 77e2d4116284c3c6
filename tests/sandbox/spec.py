"""Checks every call and every returned object against the machine-readable Bot API specification.

The file is third-party data and lies in the evaluation data's folder. Attach with `Sandbox(observe=validator)`
and assert in the end that `validator.problems` is empty.
"""

import json
from functools import cache
from typing import Any

from tests.evaldata import folder


@cache
def specification() -> dict[str, Any]:
    return json.loads((folder() / "botapi" / "api_10.0.json").read_text("utf-8"))


class Validator:
    """Collects the methods it has seen, and in `problems` every call and object that breaks the rules."""

    def __init__(self) -> None:
        self.spec = specification()
        self.methods: list[str] = []
        self.objects = 0
        self.problems: list[str] = []

    def __call__(self, method: str, params: dict[str, Any], result: Any) -> None:
        self.methods.append(method)
        self._call(self.spec["methods"][method], params)
        self._value(self.spec["methods"][method]["returns"], result, method)

    def _call(self, spec: dict[str, Any], params: dict[str, Any]) -> None:
        fields = {field["name"]: field for field in spec.get("fields", ())}
        for name in params.keys() - fields.keys():
            self.problems.append(f"{spec['name']}: unknown parameter {name}")
        for name, field in fields.items():
            if name in params:
                self._value(field["types"], _decoded(params[name], field["types"]), f"{spec['name']}.{name}")
            elif field["required"]:
                self.problems.append(f"{spec['name']}: parameter {name} is missing")

    def _value(self, types: list[str], value: Any, where: str) -> None:
        trials = [self._problems_of(kind, value, where) for kind in types]
        if all(trials):
            self.problems += min(trials, key=len)

    def _problems_of(self, kind: str, value: Any, where: str) -> list[str]:
        inner = Validator.__new__(Validator)
        inner.spec, inner.problems, inner.objects = self.spec, [], 0
        inner._one(kind, value, where)
        self.objects += inner.objects
        return inner.problems

    def _one(self, kind: str, value: Any, where: str) -> None:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                self.problems.append(f"{where}: no array")
                return
            for number, item in enumerate(value):
                self._value([kind.removeprefix("Array of ")], item, f"{where}[{number}]")
        elif kind in PLAIN:
            if not isinstance(value, PLAIN[kind]) or (isinstance(value, bool) and kind in ("Integer", "Float")):
                self.problems.append(f"{where}: {value!r} is no {kind}")
        elif kind == "InputFile":
            if value != "<file>":
                self.problems.append(f"{where}: no file")
        else:
            self._object(self.spec["types"][kind], value, where)

    def _object(self, spec: dict[str, Any], value: Any, where: str) -> None:
        if "subtypes" in spec:
            self._value(spec["subtypes"], value, where)
            return
        if not isinstance(value, dict):
            self.problems.append(f"{where}: no object of type {spec['name']}")
            return
        self.objects += 1
        fields = {field["name"]: field for field in spec.get("fields", ())}
        for name in value.keys() - fields.keys():
            self.problems.append(f"{where}: {spec['name']} has no field {name}")
        for name, field in fields.items():
            if name in value:
                self._value(field["types"], value[name], f"{where}.{name}")
            elif field["required"]:
                self.problems.append(f"{where}: {spec['name']} lacks {name}")


PLAIN: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "True": bool,
    "Float": (int, float),
}


def _decoded(value: Any, types: list[str]) -> Any:
    """Forms carry everything as text: numbers, truth values and objects are decoded where the type asks for them."""
    if not isinstance(value, str) or types == ["String"] or value == "<file>":
        return value
    try:
        decoded = json.loads(value)
    except ValueError:
        return value
    return decoded if not (isinstance(decoded, str) or ("String" in types and isinstance(decoded, float))) else value
