"""What Meta tells later of a message it has taken: that it was delivered, or why it was not."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.channels.whatsapp_refusals import refusal
from desk.letters.letter import LetterOutcome, LetterTaken

SIGNATURE = "X-Hub-Signature-256"
ARRIVED = frozenset({"delivered", "read"})
LONGEST = 200
"""Characters of a message's name."""


@dataclass(frozen=True, slots=True)
class LetterReceipt:
    """What became of the message after all; LetterTaken means that it is on the person's telephone."""

    message_id: str
    outcome: LetterOutcome


def is_signed(body: bytes, given: str, secret: str) -> bool:
    """Whether Meta has signed the body: only it and the app's owner know the secret."""
    wanted = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())


def receipts(said: Any, phone_id: str) -> list[LetterReceipt]:
    """The receipts for messages of this number; what else Meta tells is nothing to us."""
    return [
        receipt
        for entry in _tables(said, "entry")
        for change in _tables(entry, "changes")
        if _is_about(change, phone_id)
        for status in _tables(change["value"], "statuses")
        if (receipt := _receipt(status)) is not None
    ]


def _is_about(change: dict[str, Any], phone_id: str) -> bool:
    value = change.get("value")
    about = value.get("metadata") if isinstance(value, dict) else None
    return isinstance(about, dict) and about.get("phone_number_id") == phone_id


def _receipt(status: dict[str, Any]) -> LetterReceipt | None:
    match status:
        case {"id": str(message_id), "status": str(how)} if how in ARRIVED and len(message_id) <= LONGEST:
            return LetterReceipt(message_id, LetterTaken(message_id))
        case {"id": str(message_id), "status": "failed"} if len(message_id) <= LONGEST:
            codes = [each.get("code") for each in _tables(status, "errors")]
            return LetterReceipt(message_id, refusal(next((c for c in codes if type(c) is int), 0)))
    return None


def _tables(said: Any, key: str) -> Iterator[dict[str, Any]]:
    inner = said.get(key) if isinstance(said, dict) else None
    return (each for each in inner if isinstance(each, dict)) if isinstance(inner, list) else iter(())
