"""An answer with updates taken apart where it cannot be read as a whole: one of them spoils no other."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.engine.admission import Unread

BEGINNING = re.compile(r'\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*(?=\[)')
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
NUMBERED = re.compile(r'\{\s*"update_id"\s*:\s*(\d{1,16})\s*[,}]')
LONGEST = 100
"""Digits of a number; more than some thousand Python does not read."""


def parsed(body: bytes) -> Any:
    """What JSON says. Raises ValueError if it cannot be read, also because it is too deep."""
    try:
        return json.loads(body)
    except RecursionError:
        raise ValueError("too deep") from None


def apart(body: bytes) -> list[Any] | None:
    """Every update of an answer by itself, as far as it can be read; None if this is no whole answer."""
    text = body.decode("utf-8", "replace")
    begins = BEGINNING.match(text)
    if begins is None:
        return None
    found = list(_pieces(text, begins.end()))
    return [_read(piece) for piece in found[:-1]] if found and found[-1] == "" else None


def _pieces(text: str, start: int) -> Iterator[str]:
    """The members of the list that begins there, as they are written; an empty one is its end."""
    depth = begun = 0
    for token in TOKEN.finditer(text, start):
        match token[0]:
            case "[" | "{":
                depth += 1
                begun = token.start() if depth == 2 else begun
            case "]" | "}":
                depth -= 1
                if depth == 1:
                    yield text[begun : token.end()]
                elif depth == 0:
                    yield ""
                    return


def _read(piece: str) -> Any:
    try:
        return json.loads(piece, parse_int=_number)
    except (ValueError, RecursionError):
        numbered = NUMBERED.match(piece)
        return None if numbered is None else Unread(int(numbered[1]))


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) <= LONGEST else None
