"""Values from the environment: OTKLIK_DESK__MAIN__TOKEN stands for desk.main.token."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, get_origin

from bot.config.problems import Problem
from bot.config.settings import Desk

PREFIX = "OTKLIK_"
BETWEEN = "__"


def overlay(raw: dict[str, Any], environ: Mapping[str, str]) -> list[Problem]:
    """Put the environment's values over the file's; a list that is not JSON is a problem."""
    problems = []
    for variable, value in sorted(environ.items()):
        path = _path(variable, raw)
        if len(path) < 2:
            continue
        try:
            _put(raw, path, _value(path, value))
        except ValueError:
            problems.append(Problem(".".join(path), "config.not_json", {"variable": variable}))
    return problems


def _path(variable: str, raw: Mapping[str, Any]) -> list[str]:
    upper = variable.upper()
    if not upper.startswith(PREFIX):
        return []
    section, *rest = upper.removeprefix(PREFIX).lower().split(BETWEEN)
    if section != "desk" or len(rest) < 2:
        return [section, *rest]
    return [section, _desk(BETWEEN.join(rest[:-1]), raw), rest[-1]]


def _desk(spoken: str, raw: Mapping[str, Any]) -> str:
    """A variable's name has neither small letters nor hyphens, a desk's name may have both."""
    desks = raw.get("desk")
    names: Iterator[str] = (name for name in desks) if isinstance(desks, dict) else iter(())
    return next((name for name in names if as_spoken(name) == spoken), spoken)


def as_spoken(name: str) -> str:
    """A desk's name as an environment variable can say it."""
    return name.lower().replace("-", "_")


def _value(path: list[str], value: str) -> object:
    field = Desk.model_fields.get(path[-1]) if path[0] == "desk" else None
    if field is None or get_origin(field.annotation) is not tuple:
        return value
    found = json.loads(value)
    if not isinstance(found, list):
        raise ValueError("not a list")
    return found


def _put(raw: dict[str, Any], path: list[str], value: object) -> None:
    *tables, key = path
    table = raw
    for name in tables:
        inner = table.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        table = inner
    table[key] = value
