"""Several messages of a person that were read as one: which words are whose, so that each can be edited."""

from dataclasses import replace
from itertools import accumulate

from desk.content import TEXT_LIMIT, Content, clipped, shifted, utf16_length


def reworded(whole: Content, message_id: int, new: Content) -> Content | None:
    """The whole with new words in place of what this message said; None if it cannot hold them.

    What was not joined is simply the new content.
    """
    numbers = [number for number, _ in whole.parts]
    if message_id not in numbers:
        return new
    lengths = [length for _, length in whole.parts]
    if new.kind != "text" or sum(lengths) + len(lengths) - 1 != len(whole.text):
        return None
    place = numbers.index(message_id)
    start = [0, *accumulate(length + 1 for length in lengths)][place]
    lengths[place] = len(new.text)
    put = _put(whole, start, start + whole.parts[place][1], new)
    if utf16_length(put.text) > TEXT_LIMIT:
        return None
    return replace(
        put,
        parts=tuple(zip(numbers, lengths, strict=True)),
        masked=whole.masked or new.masked,
        trace=None,
    )


def _put(whole: Content, start: int, stop: int, new: Content) -> Content:
    """The new text in place of these characters, each with its own formatting."""
    text = f"{whole.text[:start]}{new.text}{whole.text[stop:]}"
    first, last, end = (utf16_length(whole.text[:each]) for each in (start, stop, len(whole.text)))
    grown = first + utf16_length(new.text) - last
    entities = [
        *clipped(whole.entities, 0, first, 0),
        *shifted(new.entities, first),
        *clipped(whole.entities, last, end, grown),
    ]
    return replace(whole, text=text, entities=tuple(entities))
