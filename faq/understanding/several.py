"""Several questions in one message: where one ends and the next begins, and which of them is understood.

A message is taken apart only where that makes it clearer. What introduces a question, a greeting or how
it came about, stays with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from faq.language.effort import Effort
from faq.language.lexicon import LANGUAGES, language_data, lexicon
from faq.language.text import fold, words
from faq.matching.match import Match, Matcher, NoMatch, Sure
from faq.understanding.small_talk import is_empty

MOST_PARTS = 5
_MOST_CUTS = 12
_LONGEST = 1200
"""Longer messages are stories, and read as one."""
_ONE_WORD, _MOST_GLUED = 25, 240
_LEAST_LETTERS = 3
_SHORT = 5
"""Only a piece of so few words can be a greeting or an expletive and nothing else."""
_FEW = 20
_EDGES = " \t\r\n,;—–-•*"


@dataclass(frozen=True, slots=True)
class HeardQuestion:
    """One question of a message, in the customer's words, and what the matcher says to it."""

    text: str
    match: Match


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the message; `asks`: it sounds like a question of its own."""

    start: int
    end: int
    match: Match
    asks: bool
    refers: bool

    @property
    def known(self) -> bool:
        """A statement must be understood well to be a question: most only tell how it came about."""
        return isinstance(self.match, Sure) or (self.asks and not isinstance(self.match, NoMatch))

    @property
    def confidence(self) -> float:
        return self.match.ranked[0].confidence if self.match.ranked else 0.0

    @property
    def about(self) -> str:
        return self.match.ranked[0].entry.id if self.known else ""

    def joined(self, further: "_Piece") -> "_Piece":
        """Both as one, understood as the clearer of them was."""
        clearer = max(self, further, key=lambda piece: (piece.known, piece.confidence))
        return replace(clearer, start=self.start, end=further.end, asks=self.asks or further.asks)


def hear(matcher: Matcher, text: str, language: str) -> tuple[HeardQuestion, ...]:
    """Every question of a message, one to five of them; a message that is one question is left whole."""
    effort = Effort.on(text)
    whole = HeardQuestion(text, matcher.match(text, language, effort))
    spans = _with_something_in_them(text, pieces(text))
    if len(spans) < 2:
        return (whole,)
    effort = effort.for_pieces()
    parts = _questions([_piece(matcher, text, span, language, effort) for span in spans])
    if len(parts) == 1 and _says_it_all(parts[0], text, whole.match):
        return (HeardQuestion(text, parts[0].match),)
    if not _clearer(parts, whole.match):
        return (whole,)
    return tuple(HeardQuestion(text[each.start : each.end].strip(_EDGES), each.match) for each in parts)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a piece stands in the message, and whether a word like «и ещё» or a number begins it."""

    start: int
    end: int
    announced: bool = False


def pieces(text: str) -> list[Span]:
    """The message cut at sentences, lines, numbers of a list, and words that begin another question."""
    if len(text) > _LONGEST or _is_glued(text):
        return [Span(0, len(text))]
    spans, start, announced = list[Span](), 0, False
    for cut in list(_cuts().finditer(text))[:_MOST_CUTS]:
        spans.append(Span(start, cut.start(), announced))
        start, announced = cut.end(), cut["announced"] is not None
    spans.append(Span(start, len(text), announced))
    return [span for span in spans if text[span.start : span.end].strip(_EDGES)]


def _is_glued(text: str) -> bool:
    """Whether more of it is written without spaces than anybody does who asks several questions."""
    return sum(len(token) for token in text.split() if len(token) > _ONE_WORD) > _MOST_GLUED


def _with_something_in_them(text: str, spans: Sequence[Span]) -> list[Span]:
    """Pieces that could be asked about; the others go along with the next one, or with the last."""
    if len(spans) < 2:
        return list(spans)
    kept: list[Span] = []
    start: int | None = None
    effort = Effort.on(text)
    for span in spans:
        start = span.start if start is None else start
        if _says_something(text[span.start : span.end], effort):
            kept.append(replace(span, start=start))
            start = None
    if start is not None and kept:
        kept[-1] = replace(kept[-1], end=spans[-1].end)
    return kept


def _says_something(piece: str, effort: Effort) -> bool:
    said = words(fold(piece))
    content = [word for word in lexicon().meaningful(said) if word not in lexicon().weak]
    if not any(len(word) >= _LEAST_LETTERS for word in content):
        return False
    return len(said) > _SHORT or not is_empty(piece, effort)


def _piece(matcher: Matcher, text: str, span: Span, language: str, effort: Effort) -> _Piece:
    said = text[span.start : span.end]
    asks = span.announced or "?" in said or _begins().match(fold(said).strip(_EDGES)) is not None
    refers = not _refers().isdisjoint(words(fold(said)))
    return _Piece(span.start, span.end, matcher.match(said, language, effort), asks, refers)


def _questions(found: Sequence[_Piece]) -> list[_Piece]:
    """What is no question goes with the one it belongs to; two ways to ask the same are one question."""
    parts: list[_Piece] = []
    start: int | None = None
    for piece in found:
        told = replace(piece, start=piece.start if start is None else start)
        if not piece.known and not piece.asks:
            start = told.start
            continue
        start = None
        goes_on = piece.about == parts[-1].about if parts and piece.known else piece.refers
        if parts and goes_on:
            parts[-1] = parts[-1].joined(told)
        else:
            parts.append(told)
    if start is not None and parts:
        parts[-1] = replace(parts[-1], end=found[-1].end)
    return _at_most(MOST_PARTS, parts)


def _at_most(limit: int, parts: list[_Piece]) -> list[_Piece]:
    """What is over goes to people in one piece: nobody reads ten answers, and none may be lost."""
    if len(parts) <= limit:
        return parts
    rest = replace(parts[limit - 1], end=parts[-1].end, match=NoMatch(parts[limit - 1].match.ranked))
    return [*parts[: limit - 1], rest]


def _says_it_all(part: _Piece, text: str, whole: Match) -> bool:
    """Whether one question is clear by itself and the few words around it only make it less so."""
    confidence = whole.ranked[0].confidence if whole.ranked else 0.0
    return part.asks and part.known and part.confidence > confidence and len(words(fold(text))) <= _FEW


def _clearer(parts: Sequence[_Piece], whole: Match) -> bool:
    """Whether the parts are understood better than the whole is."""
    known = [piece for piece in parts if piece.known]
    if len(parts) < 2 or not known:
        return False
    if isinstance(whole, NoMatch):
        return True
    return max(piece.confidence for piece in known) >= whole.ranked[0].confidence


@cache
def _cuts() -> re.Pattern[str]:
    """Ends of sentences, lists, words that join questions, and a question word after a comma or an «и»."""
    return re.compile(
        r"(?:^|(?<=\s))(?P<announced>\d{1,2}[.)]\s+|[-•—–*]\s+"
        rf"|(?:{_any_of('joints')})(?:\s*[,:—–-])?\s+)(?=\S)"
        r"|\n+|(?<=[?!…])(?:\s+|(?=[^\W\d_]))|(?<=\w\w\.)\s+(?=\S)|;\s+"
        rf"|(?:,\s*(?:(?:и|а|and)\s+)?|\s+(?:и|and)\s+)(?=(?:{_any_of('asks')})\s)",
        re.IGNORECASE,
    )


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:а|и|and|so)\s+)?(?:{_any_of('asks')})\b")


@cache
def _refers() -> frozenset[str]:
    """Words that point back at what was just said."""
    return frozenset(fold(word) for word in _listed("refers"))


def _any_of(name: str) -> str:
    phrases = sorted(set(_listed(name)), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)


def _listed(name: str) -> Iterator[str]:
    return (each for language in LANGUAGES for each in language_data(language)["several"][name])
