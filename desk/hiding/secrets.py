"""Hides secrets: card numbers with their codes, one-time codes, and what a desk adds by patterns of its own.

A secret is hidden from everybody, at once and for good. What is personal in questions is no secret:
`desk.hiding.masking` keeps it out of proposals only.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import replace
from typing import Any

from desk.content import Content, utf16_length
from desk.hiding.card_codes import SIGN, code_spans
from desk.hiding.card_numbers import DIGITS, card_spans

_FEWEST = 3
_digits = re.compile(f"[{DIGITS}]").findall
_PLAIN_SIGN = "*"
_PLAIN = frozenset({"url", "vcard"})
"""Fields in which a sign must be ASCII."""
_FOR_MACHINES = frozenset(
    str.split("id type data language_code mime_type username set_name chat_instance status currency emoji")
)
"""Fields that no person reads, beside those that end in _id."""
_DEEPEST = 40


class Secrets:
    """Knows a secret when it sees one; `patterns` are regular expressions of the desk's own."""

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        self._own = tuple(re.compile(each, re.IGNORECASE) for each in patterns)

    def places(self, text: str, *, codes: bool = True, own: bool = True) -> set[int]:
        """Which characters belong to secrets.

        Without `codes`, one-time codes by themselves do not; without `own`, nor does what the desk has added.
        """
        found: set[int] = set()
        if len(_digits(text)) >= _FEWEST:
            cards = card_spans(text)
            spans = [*cards, *code_spans(text, cards)] if codes or cards else []
            found = {place for span in spans for place in range(*span) if _digits(text[place])}
        for pattern in self._own if own else ():
            for each in pattern.finditer(text):
                found.update(place for place in range(*each.span()) if text[place].isalnum())
        return found

    def hide(self, text: str, *, codes: bool = True, sign: str = SIGN) -> str:
        """The text with a sign for each character of a secret, as long as before in UTF-16 units."""
        hidden = self.places(text, codes=codes)
        return covered(text, hidden, sign) if hidden else text

    def content(self, content: Content, *, codes: bool = True) -> Content:
        """The content without secrets; it says of itself whether it hides any."""
        text = self.hide(content.text, codes=codes)
        quote = None if content.quote is None else self.hide(content.quote, codes=codes)
        entities = tuple(self.within(content.entities, codes=codes))
        extra = self.within(content.extra, codes=codes)
        if (text, quote, entities, extra) == (content.text, content.quote, content.entities, content.extra):
            return content
        return replace(content, text=text, quote=quote, entities=entities, extra=extra, masked=True)

    def within(self, given: Any, *, codes: bool = True, name: str = "", depth: int = 0) -> Any:
        """A value of JSON with the same done to every text in it that people read; itself if nothing was."""
        if isinstance(given, str):
            if len(given) < _FEWEST or name in _FOR_MACHINES or name.endswith("_id"):
                return given
            return self.hide(given, codes=codes, sign=_PLAIN_SIGN if name in _PLAIN else SIGN)
        if depth > _DEEPEST:
            return None
        if isinstance(given, dict):
            changed = self._changed(given.items(), codes=codes, name=None, depth=depth)
            return given | changed if changed else given
        if isinstance(given, list | tuple):
            changed = self._changed(enumerate(given), codes=codes, name=name, depth=depth)
            return [changed.get(place, each) for place, each in enumerate(given)] if changed else given
        return given

    def _changed(
        self, inner: Iterable[tuple[Any, Any]], *, codes: bool, name: str | None, depth: int
    ) -> dict[Any, Any]:
        """What is to be put in place of what is inside, by name or place."""
        changed = {}
        for key, each in inner:
            if isinstance(each, str | dict | list):
                known = key if name is None else name
                clean = self.within(each, codes=codes, name=known, depth=depth + 1)
                if clean is not each:
                    changed[key] = clean
        return changed


def covered(text: str, places: Container[int], sign: str = SIGN) -> str:
    """The text with a sign over each of these characters."""
    return "".join(sign * utf16_length(each) if place in places else each for place, each in enumerate(text))
