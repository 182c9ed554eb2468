"""Bodies of parcels as rows: the body's name, and its fields as JSON."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from desk import post
from desk.poll_bodies import AskPoll, ClosePoll
from desk.post import Body, Button, Media

NAMES: dict[str, type[Body]] = {
    "say": post.Say,
    "rewrite": post.Rewrite,
    "rebutton": post.Rebutton,
    "mark": post.Mark,
    "carry": post.Carry,
    "amend": post.Amend,
    "react": post.React,
    "erase": post.Erase,
    "poll": AskPoll,
    "end_poll": ClosePoll,
    "card": post.ShowCard,
    "title": post.ShowTitle,
    "close_topic": post.CloseTopic,
}
ACTS = {body: name for name, body in NAMES.items()}

Rows = list[list[list[str]]]


def act_of(body: Body) -> str:
    """The body's name in the row."""
    return ACTS[type(body)]


def kept_id_of(body: Body) -> int | None:
    """The id of the kept message that a body is about; it has a column of its own."""
    return getattr(body, "kept_id", None)


def to_json(body: Body) -> dict[str, Any]:
    """The fields that differ from their defaults."""
    said = {each.name: (getattr(body, each.name), each.default) for each in fields(body)}
    said.pop("kept_id", None)
    return {name: _plain(value) for name, (value, default) in said.items() if value != default}


def from_json(act: str, kept: Mapping[str, Any]) -> Body:
    """Read what `to_json` wrote."""
    return NAMES[act](**{name: READ.get(name, _same)(value) for name, value in kept.items()})


def _plain(value: Any) -> Any:
    match value:
        case Media(kind, Path() as path):
            return {"kind": kind, "path": str(path)}
        case Media(kind, file, text):
            return {"kind": kind, "file": file, **({} if text is None else {"text": text})}
        case str():
            return str(value)
        case [str(), *_]:
            return list(value)
        case [*rows]:
            return [[[button.caption, button.press] for button in row] for row in rows]
    return value


def _rows(kept: Rows) -> list[list[Button]]:
    return [[Button(*button) for button in row] for row in kept]


def _media(kept: Mapping[str, str]) -> Media:
    file = Path(kept["path"]) if "path" in kept else kept["file"]
    return Media(kept["kind"], file, kept.get("text"))


def _same(value: Any) -> Any:
    return value


READ: dict[str, Callable[[Any], Any]] = {"rows": _rows, "media": _media, "options": tuple}
