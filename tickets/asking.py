"""Puts a customer's message to the FAQ: each question is answered, offered a choice or handed to people."""

from collections.abc import Sequence
from datetime import datetime

from desk.content import Content
from desk.people import Customer
from desk.profile import Profile
from faq.matching.match import Match, NoMatch, Sure, Unsure, Zone
from faq.understanding.several import HeardQuestion, hear
from tickets.answers import Answers, Faq
from tickets.handling import Handling
from tickets.known import Known
from tickets.questions import Question, Questions
from tickets.ticket import Message

REMEMBERED = 8
"""How many candidates are kept with a question: operators are offered the best of them."""


class Asking:
    """Puts messages to the FAQ."""

    def __init__(
        self,
        profile: Profile,
        *,
        questions: Questions,
        answers: Answers,
        handling: Handling,
        known: Known,
        faq: Faq,
        now: datetime,
    ) -> None:
        self._profile, self._questions, self._answers = profile, questions, answers
        self._handling, self._faq, self._now = handling, faq, now
        self._known = known

    def knows(self, customer: Customer, text: str) -> bool:
        """Whether the FAQ has a sure match for the text."""
        match = self._faq.matcher.match(text, self._profile.language_of(customer))
        return isinstance(match, Sure)

    def says_the_same(self, customer: Customer, content: Content, before: Sequence[Question]) -> bool:
        """Whether the FAQ says to the words as they are now what it said before.

        The same answer is the same, whatever else would be offered below it.
        """
        language = self._profile.language_of(customer)
        heard = hear(self._faq.matcher, content.asked, language)
        return [_said(each.match.zone, _offered(each.match)) for each in _unknown_last(heard)] == [
            _said(each.zone, each.offered) for each in before
        ]

    def ask(self, customer: Customer, message: Message) -> None:
        """Answer or offer what the FAQ can, and escalate once for all other questions."""
        language = self._profile.language_of(customer)
        heard = hear(self._faq.matcher, message.content.asked, language)
        needed = [
            self._meet(customer, message, each, language, several=len(heard) > 1)
            for each in _unknown_last(heard)
        ]
        if any(needed):
            several = len(heard) > 1 and not all(needed)
            rest = [each.text for each, need in zip(_unknown_last(heard), needed, strict=True) if need]
            self._handling.escalate(customer, rest=rest if several else ())

    def _meet(
        self, customer: Customer, message: Message, heard: HeardQuestion, language: str, *, several: bool
    ) -> bool:
        """Answer or offer one question; True if people are needed for it."""
        if self._known.answers(customer, message, heard.text):
            return False
        folded = self._folded(customer, heard.match)
        question_id = self._keep(customer, message, heard, language, folded=bool(folded))
        named = heard.text if several else ""
        match heard.match:
            case Sure(best, _, next_up):
                others = [each.entry for each in next_up]
                return self._answers.answer(customer, best.entry, question_id, asked=named, next_up=others)
            case Unsure(candidates):
                offered = [each.entry for each in candidates]
                self._answers.offer(customer, offered, question_id, asked=named, folded=folded)
                return False
            case NoMatch():
                self._questions.settle(question_id, outcome="escalated")
                return True

    def _folded(self, customer: Customer, match: Match) -> str:
        """The words of a choice whose first entry stands out and whose answer can be shown with it."""
        if isinstance(match, Unsure) and match.stands_out:
            return self._answers.folded(customer, [each.entry for each in match.candidates])
        return ""

    def _keep(
        self, customer: Customer, message: Message, heard: HeardQuestion, language: str, *, folded: bool
    ) -> int:
        ranked = heard.match.ranked
        return self._questions.keep(
            customer_id=customer.id,
            message_id=message.id,
            text=heard.text,
            zone=heard.match.zone,
            offered=_offered(heard.match),
            asked_at=self._now,
            language=language,
            confidence=ranked[0].confidence if ranked else None,
            ranked=[(each.entry.id, round(each.confidence, 4)) for each in ranked[:REMEMBERED]],
            folded=folded,
        )


def _unknown_last(heard: Sequence[HeardQuestion]) -> list[HeardQuestion]:
    """The questions with those that need a person last, so that these are said below the answers."""
    return sorted(heard, key=lambda each: isinstance(each.match, NoMatch))


def _said(zone: Zone, offered: Sequence[str]) -> tuple[str, ...]:
    return tuple(offered[:1] if zone == "answer" else offered)


def _offered(match: Match) -> list[str]:
    match match:
        case Sure(best, _, next_up):
            return [each.entry.id for each in (best, *next_up)]
        case Unsure(candidates):
            return [candidate.entry.id for candidate in candidates]
        case NoMatch():
            return []
