"""The matcher put together for a knowledge base."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from faq.entries.knowledge import Knowledge
from faq.files.glossary import Glossary
from faq.matching.judged import Judged, TrafficQuestion
from faq.matching.match import Matcher, Thresholds
from faq.matching.meaning import Encoder, Vectors
from faq.matching.weights import Weights, shipped

if TYPE_CHECKING:
    from faq.matching.traffic import Traffic

__all__ = ["build", "estimate", "expecting", "settled", "weights_for"]

_MOST_JUDGED = 1000


def build(
    knowledge: Knowledge,
    thresholds: Thresholds | None = None,
    *,
    judged: Iterable[Judged] = (),
    vectors: Vectors | None = None,
    glossary: Glossary | None = None,
    encoder: Encoder | None = None,
    weights: Weights | None = None,
) -> Matcher:
    """Takes from milliseconds to seconds and needs no event loop: call it in a thread.

    Without thresholds those that go with the weights are used.

    numpy is loaded here and not before, so that commands which match nothing start at once.
    """
    from faq.matching.confidence import Confidence
    from faq.matching.refit import LEAST
    from faq.matching.search import Search
    from faq.matching.staged import Nothing, StagedMatcher
    from faq.matching.ways import Ways

    renamed = (glossary or Glossary()).renaming()
    ways = Ways.of(knowledge.entries, renamed)
    if not ways.entries:
        return Nothing()
    weights = weights or weights_for(encoder)
    search = Search(ways, weights, encoder, vectors)
    confidence = Confidence(weights.confidence, weights.choice, weights.right)
    thresholds = thresholds or weights.thresholds()
    matcher = StagedMatcher(knowledge, thresholds, ways, search, renamed, confidence)
    if thresholds.strangers is not None:
        kind = f"{encoder and encoder.model} {weights.choice}"
        matcher = matcher.kept_from(thresholds.strangers, kind, vectors)
    newest = tuple(judged)[-_MOST_JUDGED:]
    return matcher.taught_by(newest) if len(newest) >= LEAST else matcher


def estimate(
    matcher: Matcher, asked: Iterable[TrafficQuestion], kept: Vectors | None = None
) -> "Traffic | None":
    """What questions without labels tell; nothing if there are none, or no entries.

    A thousand of them take a second, and seconds with an encoder that has not read them yet.
    """
    from faq.matching.staged import StagedMatcher

    found = matcher.estimate(asked, kept) if isinstance(matcher, StagedMatcher) else None
    return found if found and found.questions else None


def expecting(matcher: Matcher, traffic: "Traffic | None") -> Matcher:
    """The same matcher with its confidences as the traffic has them."""
    from faq.matching.staged import StagedMatcher

    return matcher.expecting(traffic) if isinstance(matcher, StagedMatcher) else matcher


def settled(matcher: Matcher) -> Thresholds | None:
    """The thresholds of a base that was asked everyday questions, for trials of it with other phrasings.

    To ask them again would take most of a trial's time, and would judge it by another measure than the base.
    """
    from faq.matching.staged import StagedMatcher

    return matcher.thresholds if isinstance(matcher, StagedMatcher) else None


def weights_for(encoder: Encoder | None) -> Weights:
    """The shipped weights for matching with this encoder, or without any."""
    return shipped(encoder.kind if encoder else "letters")
