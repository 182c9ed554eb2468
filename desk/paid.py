"""What it takes to tell people faster than is free, for Telegram Stars."""

from dataclasses import dataclass

from desk.people import Texts

MESSAGES_FOR_STAR = 10
"""So many messages above the free pace cost one Star."""
LEAST_BALANCE = 10_000
"""With fewer Stars on its balance a bot may not pay at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidPace:
    """Messages a second for Stars, and the most Stars that one notice may cost; 0 sets no such limit."""

    per_second: float
    most_stars: int


def stars_in_words(texts: Texts, language: str, stars: int) -> str:
    """So many Stars, in the case in which what is not exceeded is said."""
    return texts.plain("stars", language, n=stars, shown=grouped(stars))


def grouped(number: int) -> str:
    """A number with its thousands apart, on one line."""
    return f"{number:,}".replace(",", "\u00a0")


def stars_for(messages: int) -> int:
    """The Stars that so many messages cost at most, were none of them free."""
    return -(-messages // MESSAGES_FOR_STAR)
