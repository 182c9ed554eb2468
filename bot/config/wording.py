"""pydantic's findings as problems of ours: its own sentences would repeat what was typed, tokens included."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pydantic import BaseModel

from bot.config.problems import ConfigProblem, as_written
from bot.config.shapes import KeyPath, Listed, Named, Shape, Table, Value, follow

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
    "bool_type": "config.true_or_false",
    "bool_parsing": "config.true_or_false",
    "string_type": "config.string",
    "path_type": "config.string",
    "greater_than_equal": "config.at_least",
    "less_than_equal": "config.at_most",
    "literal_error": "config.one_of",
}
# Not about the value at the place: about what stands around it, about its name, or about more than its shape.
NOT_ITS_SHAPE = {"missing", "extra_forbidden", "ours"}
NAME = "[key]"  # how pydantic says that it is the name of a table that is wrong


def problem_of(model: type[BaseModel], error: "ErrorDetails") -> ConfigProblem:
    """Tell one finding by its key and a text of ours; what was typed is looked at and never repeated."""
    is_name = error["loc"][-1:] == (NAME,)
    path, shape = follow(Table((model,)), error["loc"][:-1] if is_name else error["loc"])
    if error["type"] == "extra_forbidden":
        return _unknown(model, error)
    if error["type"] not in NOT_ITS_SHAPE and not is_name:
        text = _misshapen(shape, error["input"], bool(path) and isinstance(path[-1], int))
        if text:
            return ConfigProblem(as_written(path), text, {"table": _header(path)})
    return _about_value(path, error)


def _about_value(path: KeyPath, error: "ErrorDetails") -> ConfigProblem:
    context: Mapping[str, object] = error.get("ctx", {})
    choices = ", ".join(QUOTED.findall(str(context.get("expected", context.get("expected_tags")))))
    chooser = QUOTED.findall(str(context.get("discriminator")))
    match error["type"]:
        case "ours":
            params = context["params"]
            return ConfigProblem(
                as_written(path), str(context["text"]), params if isinstance(params, dict) else {}
            )
        case "union_tag_not_found":
            return ConfigProblem(as_written([*path, *chooser]), "config.missing")
        case "union_tag_invalid":
            return ConfigProblem(as_written([*path, *chooser]), "config.one_of", {"choices": choices})
    params = {"limit": context.get("ge", context.get("le")), "choices": choices}
    return ConfigProblem(as_written(path), TEXTS.get(error["type"], "config.wrong"), params)


def _misshapen(shape: Shape, given: object, in_list: bool) -> str | None:
    """The text for a table, a list or a value where another of the three belongs."""
    match shape, given:
        case Value(), dict():
            return "config.not_a_table"
        case Value(), list():
            return "config.not_a_list"
        case (Value(), _) | (Listed(), list()) | (Table() | Named(), dict()):
            return None
        case Listed(Table() | Named()), dict():
            return "config.double_brackets"
        case Listed(Table() | Named()), _:
            return "config.tables"
        case Listed(), _:
            return "config.list"
        case _, list() if not in_list:
            return "config.single_brackets"
        case _:
            return "config.tables" if in_list else "config.table"


def _header(path: KeyPath) -> str:
    """What stands in the brackets above a table: TOML counts no positions."""
    return as_written(step for step in path if isinstance(step, str))


def _unknown(model: type[BaseModel], error: "ErrorDetails") -> ConfigProblem:
    *tables, key = error["loc"]
    path, shape = follow(Table((model,)), tables)
    neighbours = shape.by_key() if isinstance(shape, Table) else {}
    near = get_close_matches(str(key), neighbours, n=1)
    text = "config.unknown_key_near" if near else "config.unknown_key"
    return ConfigProblem(as_written([*path, key]), text, {"near": "".join(near)})
