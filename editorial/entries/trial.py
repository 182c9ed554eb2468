"""A trial: what a customer would get for a phrase, and why."""

from desk.formatted import cut
from desk.talk import Talk
from editorial.entries.view import EntryView
from faq.entries.entry import Entry
from faq.matching.match import Match, Near, NoMatch, Sure, Unsure
from tickets.answer_messages import can_fold
from tickets.answers import Faq

PHRASE = 200
NAME = 70
CAPTION = 36
CANDIDATES = 5
WORTH_TELLING = 0.05
TOLD = ("best", "covered", "spelling", "contrast", "meaning_best")
"""The parts of a confidence that are shown to managers, in this order."""


class PhraseTrial:
    """Puts phrases to the matcher, and says what came of them."""

    def __init__(self, faq: Faq, view: EntryView) -> None:
        self._faq, self._view = faq, view

    def say(self, phrase: str, talk: Talk) -> None:
        """What would happen, the candidates with their confidence, and the reasons."""
        explained = self._faq.matcher.explain(phrase, talk.language)
        near = explained.nearest[:CANDIDATES]
        html = talk.text(
            "editor.trial",
            phrase=cut(phrase, PHRASE),
            understood=cut(explained.understood, PHRASE),
            exact=explained.exact,
            zone=self._zone(explained.match),
            candidates=[self._candidate(each, talk, rank) for rank, each in enumerate(near)],
        )
        rows = [
            [talk.named(cut(each.entry.question_in(talk.language), CAPTION), "show", each.entry.id)]
            for each in near[:3]
        ]
        again = talk.button("editor.button.try_again", "try", 0)
        talk.say(html, [*rows, [again, talk.button("editor.button.home", "home", 0)]])

    def guesses(self, words: str, talk: Talk) -> list[Entry]:
        """The entries that these words may mean."""
        match self._faq.matcher.match(words, talk.language):
            case NoMatch():
                return []
            case found:
                return [each.entry for each in found.ranked[:CANDIDATES]]

    def _zone(self, match: Match) -> str:
        """What would happen; an entry that calls a person counts as found."""
        if isinstance(match, Sure) and match.best.entry.call_person:
            return "answer_and_person" if match.best.entry.answer else "person_by_entry"
        if isinstance(match, Unsure) and match.stands_out and can_fold(match.candidates[0].entry):
            return "folded"
        return match.zone

    def _candidate(self, near: Near, talk: Talk, rank: int) -> dict[str, object]:
        """A candidate on one line, with the parts of its confidence if it could have come first."""
        entry: Entry = near.entry
        told = TOLD if rank == 0 or near.confidence >= WORTH_TELLING else ()
        parts = [(name, near.parts[name]) for name in told if name in near.parts]
        return {
            "question": cut(entry.question_in(talk.language), NAME),
            "percent": round(near.confidence * 100),
            "phrasing": cut(near.phrasing, NAME),
            "parts": ", ".join(f"{talk.plain(f'editor.why.{name}')} {value:.2f}" for name, value in parts),
        }
