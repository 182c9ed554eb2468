"""Several messages of a person who sends far too many, read as one: plain words only, and all of them."""

from collections.abc import Sequence
from typing import Any

from desk.content import TEXT_LIMIT, utf16_length
from handlers.reading import JOINED

PLAIN = frozenset(str.split("message_id from chat date text"))
"""What a message of plain words and nothing else consists of."""


def joined(raws: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], int]:
    """One update that says what the first of these say, and how many they are."""
    texts: list[str] = []
    room = TEXT_LIMIT
    for raw in raws:
        text = _plain_text(raw)
        room -= utf16_length(text) + 1
        if not text or room < 0:
            break
        texts.append(text)
    if len(texts) < 2:
        return raws[0], 1
    numbers = [raw["message"]["message_id"] for raw in raws[: len(texts)]]
    parts = [[number, len(text)] for number, text in zip(numbers, texts, strict=True)]
    message = {**raws[0]["message"], "text": "\n".join(texts), JOINED: parts}
    return {**raws[0], "message": message}, len(texts)


def _plain_text(raw: dict[str, Any]) -> str:
    """The words of a plain message; nothing for a command and for anything else."""
    message = raw.get("message")
    if not isinstance(message, dict) or not PLAIN.issuperset(message):
        return ""
    text = message.get("text")
    return text if isinstance(text, str) and not text.startswith("/") else ""
