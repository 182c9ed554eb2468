"""Values from the environment: OTKLIK_DESK__MAIN__TOKEN stands for desk.main.token."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from bot.config.problems import ConfigProblem, as_written
from bot.config.shapes import KeyPart, Listed, Named, Shape, Table, Value, at
from bot.config.variables import BETWEEN, Reading, reading_of

PREFIX = "OTKLIK_"


def overlay(model: type[BaseModel], raw: dict[str, Any], environ: Mapping[str, str]) -> list[ConfigProblem]:
    """Put the environment's values over the file's; a name without a place or a wrong JSON is a problem."""
    ours = [name for name in environ if name.upper().startswith(PREFIX) and BETWEEN in name[len(PREFIX) :]]
    problems: list[ConfigProblem] = []
    for variable in sorted(ours, key=_outer_first):
        reading = reading_of(variable[len(PREFIX) :].lower(), Table((model,)), raw)
        problems += _lay(raw, reading, variable, environ[variable])
    return problems


def _outer_first(variable: str) -> list[tuple[int, str]]:
    """A whole table before its keys, position 2 before position 10."""
    return [(len(part), part) for part in variable.upper().split(BETWEEN)]


def _lay(raw: dict[str, Any], reading: Reading, variable: str, text: str) -> Iterator[ConfigProblem]:
    if reading.refused:
        yield ConfigProblem(as_written(reading.path), reading.refused, {"variable": variable})
        return
    value: object = text
    if not isinstance(reading.shape, Value):
        try:
            value = _from_json(reading.shape, text)
        except (ValueError, RecursionError):
            yield ConfigProblem(as_written(reading.path), _not_json(reading.shape), {"variable": variable})
    # What is not JSON is put there as well: its key is not missing, and the next position is still the next.
    _put(raw, reading.path, value)


def _from_json(shape: Shape, text: str) -> object:
    found = json.loads(text)
    if not isinstance(found, list if isinstance(shape, Listed) else dict):
        raise ValueError("another shape")
    return found


def _not_json(shape: Shape) -> str:
    match shape:
        case Listed(Table() | Named()):
            return "config.not_json_tables"
        case Listed():
            return "config.not_json"
        case _:
            return "config.not_json_table"


def _put(place: object, path: Sequence[KeyPart], value: object) -> None:
    """Where the file has another shape than the model nothing is put: the model's own check tells of that."""
    step, *below = path
    if below:
        inner = at(place, step)
        if inner is None:
            inner = [] if isinstance(below[0], int) else {}
        _put(inner, below, value)
        value = inner
    match place, step:
        case dict(), str():
            place[step] = value
        case list(), int():
            place[step : step + 1] = [value]
