"""What of an operator's message stays inside, among operators, by its words alone."""

from collections.abc import Sequence
from dataclasses import replace
from unicodedata import category

from desk.content import Content, Entity, utf16_part, without_lines
from desk.formatted import lines_of

NOTE = "//"


def is_note(line: str) -> bool:
    """Whether a line is a note: it begins with // behind spaces and signs that nobody sees."""
    unseen = (index for index, each in enumerate(line) if not (each.isspace() or category(each) == "Cf"))
    return line.startswith(NOTE, next(unseen, len(line)))


def is_command(content: Content) -> bool:
    """Whether a text or caption begins with a command, known or not."""
    return content.text.startswith("/") and not content.text.startswith(NOTE)


def parted(content: Content) -> Content | None:
    """The content without its notes, which it bears as `inside`; None if nothing else is left.

    A picture goes by its caption, a poll by its question: one that is a note keeps all of it inside.
    """
    if is_note(content.extra.get("question", "")):
        return None
    notes = [line for line in lines_of(content.text) if is_note(line)]
    if not notes:
        return content
    left = without_lines(content, is_note)
    if not left.text.strip():
        return None
    return replace(left, inside="\n".join(notes))


def mentioned(content: Content) -> tuple[frozenset[str], frozenset[int]]:
    """The usernames, in small letters, and the ids of people without one that a content mentions."""
    names = _each(content.entities, "mention")
    people = _each(content.entities, "text_mention")
    return (
        frozenset(utf16_part(content.text, each).removeprefix("@").lower() for each in names),
        frozenset(int(each["user"]["id"]) for each in people),
    )


def _each(entities: Sequence[Entity], kind: str) -> list[Entity]:
    return [each for each in entities if each["type"] == kind]
