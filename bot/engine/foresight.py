"""Foresight: the FAQ as one unit of work sees it, with the matches that were made before it began.

Matching takes milliseconds, with an encoder tens of them; inside the one writer's transaction everybody would
wait for it.
"""

import asyncio
from typing import Final

from faq.entries.knowledge import Knowledge
from faq.language.effort import Effort
from faq.matching.match import Explained, Match, Matcher
from faq.understanding.several import hear
from tickets.answers import Faq

Asked = tuple[str, str]
"""A text and the language it is matched in."""


class NotForeseen(Exception):  # noqa: N818 - no error: the unit is run again once this has been thought about
    """A unit of work asked for a match that was not made before it began."""

    def __init__(self, asked: Asked, *, explained: bool) -> None:
        super().__init__("a question is to be matched first")
        self.asked, self.explained = asked, explained


class Foresight:
    """One edition of the FAQ with the matches that were made of it."""

    def __init__(self, faq: Faq) -> None:
        self.knowledge: Final[Knowledge] = faq.knowledge
        self._matcher = faq.matcher
        self._matches: dict[Asked, Match] = {}
        self._explained: dict[Asked, Explained] = {}

    @property
    def matcher(self) -> Matcher:
        """Gives what was matched beforehand. Raises NotForeseen for anything else."""
        return self

    def match(self, text: str, language: str, effort: Effort | None = None) -> Match:
        """The match that was made before. Raises NotForeseen if it was not."""
        if (text, language) not in self._matches:
            raise NotForeseen((text, language), explained=False)
        return self._matches[text, language]

    def explain(self, text: str, language: str) -> Explained:
        """The explained match that was made before. Raises NotForeseen if it was not."""
        if (text, language) not in self._explained:
            raise NotForeseen((text, language), explained=True)
        return self._explained[text, language]

    async def think(self, asked: Asked, *, explained: bool = False) -> None:
        """Match a text and each question in it, in a thread."""
        await asyncio.to_thread(self._think, asked, explained=explained)

    def _think(self, asked: Asked, *, explained: bool) -> None:
        text, language = asked
        if explained:
            self._explained[asked] = self._matcher.explain(text, language)
        hear(_Recorder(self._matcher, self._matches), text, language)


class _Recorder:
    """A matcher that is asked for each text once."""

    def __init__(self, matcher: Matcher, matches: dict[Asked, Match]) -> None:
        self._matcher, self._matches = matcher, matches

    def match(self, text: str, language: str, effort: Effort | None = None) -> Match:
        if (text, language) not in self._matches:
            self._matches[text, language] = self._matcher.match(text, language, effort)
        return self._matches[text, language]

    def explain(self, text: str, language: str) -> Explained:
        return self._matcher.explain(text, language)
