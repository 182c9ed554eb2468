"""pydantic's findings as problems of ours: its own sentences would repeat what was typed, tokens included."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pydantic import BaseModel

from bot.config.problems import Problem
from bot.config.settings import Desk, Settings

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

QUOTED = re.compile("'([^']*)'")

TEXTS = {
    "missing": "config.missing",
    "int_type": "config.whole_number",
    "int_parsing": "config.whole_number",
    "int_parsing_size": "config.whole_number",
    "int_from_float": "config.whole_number",
    "float_type": "config.number",
    "float_parsing": "config.number",
    "finite_number": "config.number",
    "string_type": "config.string",
    "path_type": "config.string",
    "tuple_type": "config.list",
    "dict_type": "config.table",
    "model_type": "config.table",
    "greater_than_equal": "config.at_least",
    "less_than_equal": "config.at_most",
    "literal_error": "config.one_of",
}


def problem_of(error: "ErrorDetails") -> Problem:
    """Tell one finding by its key and a text of ours."""
    location = [part for part in error["loc"] if part != "[key]"]
    context: Mapping[str, object] = error.get("ctx", {})
    if error["type"] == "ours":
        text, params = str(context["text"]), context["params"]
        return Problem(_key(location), text, params if isinstance(params, dict) else {})
    if error["type"] == "extra_forbidden":
        return _unknown(location)
    choices = ", ".join(QUOTED.findall(str(context.get("expected"))))
    params = {"limit": context.get("ge", context.get("le")), "choices": choices}
    return Problem(_key(location), TEXTS.get(error["type"], "config.wrong"), params)


def _key(location: Sequence[int | str]) -> str:
    said = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return said.removeprefix(".")


def _unknown(location: Sequence[int | str]) -> Problem:
    near = get_close_matches(str(location[-1]), _neighbours(location[:-1]), n=1)
    if near:
        return Problem(_key(location), "config.unknown_key_near", {"near": near[0]})
    return Problem(_key(location), "config.unknown_key")


def _neighbours(tables: Sequence[int | str]) -> list[str]:
    model: type[BaseModel] = Desk if "desk" in tables[:1] else Settings
    for name in tables if model is Settings else ():
        inner = model.model_fields[str(name)].annotation
        model = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else model
    return list(model.model_fields)
