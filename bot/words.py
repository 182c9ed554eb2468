"""The texts as the rooms ask for them: one object with words, spells of time and moments."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from locales import Texts, time_words

if TYPE_CHECKING:
    from faq.entries.problem import Problem
    from faq.judging.flaws import Flaw

Plain = Callable[..., str]
"""Says a key as plain text, in one language."""


class Words:
    """Everything we say, in every language we have."""

    def __init__(self) -> None:
        self._texts = Texts()

    @property
    def languages(self) -> Sequence[str]:
        """The languages we speak."""
        return self._texts.languages

    def say(self, key: str, language: str, /, **params: object) -> str:
        """As Telegram HTML, parameters escaped."""
        return self._texts.say(key, language, **params)

    def plain(self, key: str, language: str, /, **params: object) -> str:
        """As plain text: captions, toasts."""
        return self._texts.plain(key, language, **params)

    def best(self, code: str | None, default: str) -> str:
        """The language we have that comes nearest to a customer's own."""
        return self._texts.best(code, default)

    def spell(self, language: str, length: timedelta) -> str:
        """How long something is."""
        return time_words.spell(self._texts, language, length)

    def moment(self, language: str, when: datetime, now: datetime) -> str:
        """When something is, as seen from now; both in the zone to be shown."""
        return time_words.moment(self._texts, language, when, now)


def what_is_wrong(problem: "Problem", plain: Plain) -> str:
    """What is wrong with a knowledge base, without the place."""
    params = dict(problem.params)
    if "expected" in params:
        params["expected"] = plain(f"faq.expected.{params['expected']}")
    return plain(f"faq.problem.{problem.kind}", **params)


def what_could_be_better(lint: "Flaw", plain: Plain) -> str:
    """What is worth a look in a knowledge base, without the entry it is about."""
    return plain(f"faq.lint.{lint.kind}", **lint.words)
