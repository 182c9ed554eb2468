"""An answer with updates that cannot be read as a whole is read update by update."""

import json
from typing import Any

import pytest

from bot.engine.admission import Unread, number_of
from bot.telegram.apart import apart, parsed
from bot.telegram.client import _verdict

GOOD = {"update_id": 7, "message": {"text": 'ска]зал: "}{" \\ и ушёл', "more": [1, {"a": []}]}}
DEEP = '{"update_id": 8, "message": ' + "[" * 100_000 + "]" * 100_000 + "}"
LONG = '{"update_id": 9, "message": {"chat": {"id": ' + "9" * 5_000 + "}}}"


def answer(*pieces: str) -> bytes:
    return ('{"ok":true,"result":[' + ",".join(pieces) + "]}").encode("utf-8", "surrogatepass")


def test_what_stands_beside_the_unreadable_is_read() -> None:
    good = json.dumps(GOOD, ensure_ascii=False)
    found = apart(answer(good, DEEP, good, LONG, '{"deep":' + DEEP + "}", good))
    assert found == [GOOD, Unread(8), GOOD, {"update_id": 9, "message": {"chat": {"id": None}}}, None, GOOD]
    assert [number_of(each) for each in found] == [7, 8, 7, 9, None, 7]


def test_bytes_that_are_no_letters_spoil_only_themselves() -> None:
    found = apart(answer('{"update_id": 1, "text": "а"}').replace("а".encode(), b"\xff\xfe"))
    assert found == [{"update_id": 1, "text": "\ufffd\ufffd"}]


@pytest.mark.parametrize("body", [b"", b"<html>502</html>", b'{"ok":false,"result":[]}', answer(DEEP)[:-9]])
def test_half_an_answer_is_none(body: bytes) -> None:
    assert apart(body) is None
    assert type(_verdict(200, body, 0)).__name__ in {"CallFailed", "CallRefused"}


def test_an_answer_too_deep_is_an_answer_all_the_same() -> None:
    verdict: Any = _verdict(200, answer(DEEP, json.dumps(GOOD)), 0)
    assert verdict.result == [Unread(8), GOOD]


def test_what_is_too_deep_is_no_error_of_ours() -> None:
    with pytest.raises(ValueError, match="too deep"):
        parsed(DEEP.encode())
