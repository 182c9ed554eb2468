"""The matcher put together for a knowledge base."""

from collections.abc import Iterable

from faq.fuzzy import THRESHOLDS, FuzzyMatcher
from faq.glossary import Glossary
from faq.judged import Judged
from faq.knowledge import Knowledge
from faq.match import Matcher, Thresholds
from faq.meaning import Encoder, Vectors

__all__ = ["THRESHOLDS", "build"]


def build(
    knowledge: Knowledge,
    thresholds: Thresholds = THRESHOLDS,
    *,
    judged: Iterable[Judged] = (),
    vectors: Vectors | None = None,
    glossary: Glossary | None = None,
    encoder: Encoder | None = None,
) -> Matcher:
    """Takes from milliseconds to seconds and needs no event loop: call it in a thread."""
    return FuzzyMatcher(knowledge, thresholds.sure, thresholds.unsure)
