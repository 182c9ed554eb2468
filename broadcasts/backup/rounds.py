"""A round of letters, posted bit by bit: one for each person, to the best of their addresses."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from broadcasts.audience.subscriber import EVERYTHING
from broadcasts.backup.kept import (
    Addresses,
    ConsentedAddress,
    KeptLetter,
    LetterRound,
    Letters,
    LetterState,
    Rounds,
)
from broadcasts.backup.telling import ROUND, HeardFromTelegram, subject_of
from broadcasts.incident import Incident, Incidents
from desk.post import AT_ONCE
from desk.profile import Profile
from desk.timers import Timers

TELEGRAM_FIRST = timedelta(minutes=1)
"""While Telegram is there, a customer gets a letter only where it has not brought the notice for so long."""
BIT = 500
"""So many addresses in one transaction: people wait behind it."""


def about(profile: Profile, incident: Incident) -> tuple[str, ...]:
    """What an address must have been given for; an incident without components concerns everybody."""
    return (EVERYTHING, *(incident.components or (each.id for each in profile.components)))


class LetterRounds:
    """Posts the rounds that have begun."""

    DUE = frozenset({ROUND})

    def __init__(
        self,
        profile: Profile,
        *,
        incidents: Incidents,
        rounds: Rounds,
        letters: Letters,
        addresses: Addresses,
        told: HeardFromTelegram,
        timers: Timers,
        now: datetime,
    ) -> None:
        self._profile, self._incidents, self._rounds = profile, incidents, rounds
        self._letters, self._addresses, self._told = letters, addresses, told
        self._timers, self._now = timers, now

    def due(self, kind: str, subject: int) -> None:
        """Post the next bit of a round."""
        begun = self._rounds.get(subject)
        incident = None if begun is None else self._incidents.get(begun.incident_id)
        if begun is None or incident is None:
            return
        components = about(self._profile, incident)
        after = self._next_of_all(begun, components) if begun.everybody else self._next_of_told(begun)
        self._rounds.move(begun.id, after)
        if after is not None:
            self._timers.set(ROUND, begun.id, self._now)

    def _next_of_all(self, begun: LetterRound, components: Sequence[str]) -> int | None:
        """Post to the next addresses; the lists of the configuration go first. None: the last bit."""
        if not begun.after:
            self._post(begun, self._listed(components))
        found = self._addresses.about(components, begun.after, BIT)
        self._post(begun, self._with_others(found, components))
        return found[-1].id if len(found) == BIT else None

    def _next_of_told(self, begun: LetterRound) -> int | None:
        """Post to the next addresses that had a letter about the incident before."""
        found = self._letters.before(begun.incident_id, begun.after, BIT)
        self._post(
            begun,
            [
                ConsentedAddress(customer_id=each.customer_id, at=each.at, consented_at=each.posted_at)
                for each in found
            ],
        )
        return found[-1].id if len(found) == BIT else None

    def _listed(self, components: Sequence[str]) -> list[ConsentedAddress]:
        return [
            ConsentedAddress(at=at, component=component, consented_at=self._now)
            for component, at in self._profile.backup.lists
            if component in components
        ]

    def _with_others(
        self, found: Sequence[ConsentedAddress], components: Sequence[str]
    ) -> list[ConsentedAddress]:
        """These, and what else the same customers have given: only together it shows which is the best."""
        known = {each.customer_id for each in found if each.customer_id is not None}
        others = [each for each in self._addresses.of(known) if each.component in components]
        return [each for each in found if each.customer_id is None] + others

    def _post(self, begun: LetterRound, addresses: Iterable[ConsentedAddress]) -> None:
        by_person = defaultdict[str, dict[object, tuple[int, ConsentedAddress]]](dict)
        for each in addresses:
            rank = self._profile.backup.rank(each.at.channel)
            if rank is not None:
                by_person[each.person][each.at] = rank, each
        everybody = [each for those in by_person.values() for _, each in those.values()]
        customers = {each.customer_id for each in everybody if each.customer_id is not None}
        told = self._told.reached(begun.incident_id, begun.number, customers, posted=False)
        letters: list[KeptLetter] = []
        for those in by_person.values():
            best_first = sorted(those.values(), key=lambda pair: (pair[0], pair[1].id))
            letters += [
                self._letter(begun, rank, each, spare=index > 0)
                for index, (rank, each) in enumerate(best_first)
                if each.customer_id not in told
            ]
        self._letters.post(letters)

    def _letter(self, begun: LetterRound, rank: int, to: ConsentedAddress, *, spare: bool) -> KeptLetter:
        return KeptLetter(
            subject=subject_of(begun.incident_id, begun.number),
            incident_id=begun.incident_id,
            person=to.person,
            customer_id=to.customer_id,
            at=to.at,
            rank=rank,
            state=LetterState.SPARE if spare else LetterState.WAITING,
            posted_at=self._now,
            wait=AT_ONCE if begun.everybody or to.customer_id is None else TELEGRAM_FIRST,
        )
