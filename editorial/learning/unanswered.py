"""Proposes entries: questions that only people could answer, grouped, with a drafted answer."""

from collections.abc import Sequence
from html import escape

from desk.hiding.masking import masked
from editorial.learning.evidence import AskedQuestion, OperatorReply
from editorial.learning.phrasings import GrownProposal, Lesson, phrase
from editorial.learning.proposal import Gap, Proposal, ProposalKind, ProposalState
from faq.understanding.grouping import group, typical

LEAST_PEOPLE = 3
"""So many different customers make a question worth an entry."""

ANSWER_LIMIT = 1500
"""A draft has to be read by somebody in a hurry."""

NO_CODE = str.maketrans({"{": "(", "}": ")"})
"""Braces would make a template of an answer."""


def unanswered(asked: Sequence[AskedQuestion], known: Sequence[Proposal]) -> Lesson:
    """Entries that are missing. What was proposed once takes its like along and is not proposed anew.

    Five thousand questions take a second or two: call it in a thread.
    """
    entries = [each for each in known if each.gap.kind is ProposalKind.ENTRY]
    settled = {
        number for each in entries if each.state is not ProposalState.OPEN for number in each.gap.asked
    }
    left = [(each, text) for each in asked if each.id not in settled and (text := phrase(each))]
    texts = [*(text for _, text in left), *(each.gap.question for each in entries)]
    new: list[Gap] = []
    grown: list[GrownProposal] = []
    for members in group(texts):
        mine = [left[place] for place in members if place < len(left)]
        before = [entries[place - len(left)] for place in sorted(members) if place >= len(left)]
        if before:
            grown += _grown(mine, before)
        elif len({each.customer_id for each, _ in mine}) >= LEAST_PEOPLE:
            new.append(_found(mine))
    return Lesson(tuple(new), tuple(grown))


def draft(replies: Sequence[OperatorReply]) -> str | None:
    """The reply most like the others, without personal data, as Telegram HTML; None if there is none."""
    texts = [masked(each.text, each.names).translate(NO_CODE) for each in replies]
    texts = [text for text in texts if any(map(str.isalpha, text))]
    if not texts:
        return None
    return escape(_shortened(texts[typical(texts)]), quote=False)


def _grown(mine: Sequence[tuple[AskedQuestion, str]], before: Sequence[Proposal]) -> list[GrownProposal]:
    """Further questions for the oldest proposal of their kind that waits."""
    first = before[0]
    ids = tuple(each.id for each, _ in mine)
    if any(each.state is not ProposalState.OPEN for each in before) or set(ids) <= set(first.gap.asked):
        return []
    return [GrownProposal(first.id, ids)]


def _found(mine: Sequence[tuple[AskedQuestion, str]]) -> Gap:
    first, text = mine[0]
    ids = tuple(each.id for each, _ in mine)
    return Gap(kind=ProposalKind.ENTRY, question=text, language=first.language, asked=ids)


def _shortened(text: str) -> str:
    if len(text) <= ANSWER_LIMIT:
        return text
    kept, _, _ = text[:ANSWER_LIMIT].rpartition(" ")
    return (kept or text[:ANSWER_LIMIT]) + "…"
