"""What was done with a file on the way in besides taking it over at its letter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class RemarkKind(StrEnum):
    """Each kind is a key for a text in every locale; its placeholders are the remark's params."""

    GUESSED = "guessed"
    CHOSEN_BY_CONTENT = "chosen_by_content"
    NO_HEADER = "no_header"
    UNUSED = "unused"
    ABOVE = "above"
    ENCODING = "encoding"
    SHEET_AS_SECTION = "sheet_as_section"
    SWITCHED_OFF = "switched_off"
    FLAG_UNREAD = "flag_unread"
    IDS_MADE = "ids_made"
    ID_CHANGED = "id_changed"
    SAME_AS = "same_as"
    NO_TEXT_IN = "no_text_in"
    SIMPLIFIED = "simplified"
    LEFT_OUT = "left_out"
    OUTSIDE = "outside"
    NOTHING_UNDER = "nothing_under"
    SIGNS_KEPT = "signs_kept"
    AS_PLAIN = "as_plain"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing guessed, made, simplified or left aside, with its place; nothing about it is wrong."""

    path: Path
    line: int
    entry: str
    kind: RemarkKind
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)
