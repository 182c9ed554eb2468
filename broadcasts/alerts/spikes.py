"""Spikes: customers ask the same, far more than at this hour of other weeks, before any monitoring tells."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, sqrt
from typing import Protocol

from broadcasts.alerts.alert import Alert, AlertSource
from broadcasts.alerts.kept import KeptAlert
from broadcasts.audience.naming import names_of
from desk.component import Component
from desk.formatted import cut
from desk.hiding.masking import masked
from desk.profile import Profile
from faq.understanding.grouping import group

WEEKS = 4
AROUND = timedelta(minutes=30)
"""What was asked so long before and after the same time of the week is usual."""
SHOWN, EXAMPLE = 3, 120
MOST, MOST_BEFORE = 400, 200
"""Questions that are compared: of now, and of each week before."""
NEAR = 0.25
"""From this confidence on the nearest entry tells that two questions are about the same."""
COOLDOWN = timedelta(hours=1)
"""Within this time after the last such question, more of them are the same spike."""
SEVERAL = 3.0
"""So many deviations above what is usual are no chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpikeQuestion:
    """A question that went to people, the names of who asked, and the entry that came nearest, if one did."""

    id: int
    customer_id: int
    text: str
    names: tuple[str, ...] = ()
    asked_at: datetime
    nearest: str | None = None

    @property
    def shown(self) -> str:
        """Its words as managers may read them."""
        return cut(masked(self.text, self.names), EXAMPLE)


class SpikeQuestions(Protocol):
    """The questions of one desk that went to people."""

    def escalated(self, since: datetime, until: datetime, limit: int) -> Sequence[SpikeQuestion]:
        """The newest that were asked between two times, oldest first."""

    def began(self) -> datetime | None:
        """When the first question was kept."""


class KeptSpikes(Protocol):
    """The alerts of one desk, as far as spikes are concerned."""

    def lately(self, source: AlertSource, since: datetime) -> Sequence[KeptAlert]:
        """Those of one source of which anything was told since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpikeMaterial:
    """All that spikes are found by, read at once to be used in a thread."""

    now: datetime
    lately: Sequence[SpikeQuestion]
    before: Sequence[SpikeQuestion] = ()
    weeks: int = 1
    known: Sequence[KeptAlert] = ()

    @property
    def people(self) -> int:
        """How many have asked anything lately."""
        return len({each.customer_id for each in self.lately})


@dataclass(frozen=True, slots=True)
class Spike:
    """Questions that are alike, and the spike they go on from, if there is one."""

    asked: tuple[SpikeQuestion, ...]
    known: KeptAlert | None = None


class Spikes:
    """Reads what spikes are found by, and words alerts about them; each in a unit of work."""

    def __init__(
        self, profile: Profile, *, questions: SpikeQuestions, before: KeptSpikes, now: datetime
    ) -> None:
        self._profile, self._questions, self._before, self._now = profile, questions, before, now

    def material(self) -> SpikeMaterial:
        """Read it: while few people ask, hardly anything."""
        now, rules = self._now, self._profile.alerts
        lately = self._questions.escalated(now - rules.spike_window, now, MOST)
        known = self._before.lately(AlertSource.QUESTIONS, now - COOLDOWN)
        found = SpikeMaterial(now=now, lately=lately, known=known)
        if found.people < rules.spike_people:
            return found
        began = self._questions.began() or now
        weeks = [at for week in range(1, WEEKS + 1) if (at := now - timedelta(weeks=week)) - AROUND >= began]
        before = [
            each for at in weeks for each in self._questions.escalated(at - AROUND, at + AROUND, MOST_BEFORE)
        ]
        return SpikeMaterial(now=now, lately=lately, before=before, weeks=max(1, len(weeks)), known=known)

    def alerts(self, material: SpikeMaterial, found: Sequence[Spike]) -> Sequence[Alert]:
        """The alerts that tell of spikes, and of those that are over."""
        going_on = {each.known.key for each in found if each.known is not None}
        over = [
            _over(each)
            for each in material.known
            if each.firing
            and each.key not in going_on
            and each.last_at < material.now - self._profile.alerts.spike_window
        ]
        return [*(self._alert(each) for each in found), *over]

    def _alert(self, spike: Spike) -> Alert:
        known, texts, language = spike.known, self._profile.texts, self._profile.language
        before = () if known is None else known.asked
        asked = tuple(dict.fromkeys((*before, *(each.id for each in spike.asked))))
        people = () if known is None else known.people
        began = spike.asked[0].asked_at if known is None else known.first_at
        minutes = max(1, ceil((self._now - min(began, spike.asked[0].asked_at)).total_seconds() / 60))
        span = texts.plain("time.short.minutes", language, n=minutes)
        component = touched(self._profile.components, [each.text for each in spike.asked])
        return Alert(
            source=AlertSource.QUESTIONS,
            key=f"question {asked[0]}" if known is None else known.key,
            firing=True,
            labels={} if component is None else {"component": component},
            title=texts.plain("alerted.spike", language, n=len(asked), span=span),
            text="\n".join(f"• {each}" for each in _examples(spike.asked)),
            at=began,
            asked=asked[-MOST:],
            people=tuple(dict.fromkeys((*people, *(each.customer_id for each in spike.asked)))),
        )


def find(material: SpikeMaterial, people: int, window: timedelta) -> list[Spike]:
    """The spikes among what was asked lately: by so many people, and more than usual. Call it in a thread."""
    if material.people < people:
        return []
    texts = [each.text for each in material.lately]
    texts += [each.text for each in material.before]
    texts += [each.text for each in material.known]
    found = []
    for members in _about_the_same(group(texts), material):
        lately = sorted(
            (material.lately[each] for each in members if each < len(material.lately)),
            key=lambda each: (each.asked_at, each.id),
        )
        before = [each for each in members if len(material.lately) <= each < len(texts) - len(material.known)]
        usual = len(before) / material.weeks * (window / (2 * AROUND))
        asked_by = len({each.customer_id for each in lately})
        if asked_by >= max(people, ceil(usual + SEVERAL * sqrt(usual))):
            found.append(Spike(tuple(lately), _known(lately, members, len(texts), material)))
    return found


def _known(
    lately: Sequence[SpikeQuestion], members: Sequence[int], texts: int, material: SpikeMaterial
) -> KeptAlert | None:
    """The spike these questions go on from: some of them were in it, or its examples are like them."""
    ids, first = {each.id for each in lately}, texts - len(material.known)
    alike = {material.known[each - first].key for each in members if each >= first}
    same = (each for each in material.known if ids & set(each.asked) or each.key in alike)
    return next(same, None)


def _about_the_same(groups: Iterable[Sequence[int]], material: SpikeMaterial) -> Iterable[Sequence[int]]:
    """Groups joined whose questions mostly have the same entry nearest."""
    joined = defaultdict[str, list[int]](list)
    for number, members in enumerate(groups):
        nearest = Counter(
            material.lately[each].nearest for each in members if each < len(material.lately)
        ).most_common(1)
        entry = nearest[0][0] if nearest else None
        joined[f"entry {entry}" if entry is not None else f"group {number}"] += members
    return joined.values()


def touched(components: Sequence[Component], texts: Sequence[str]) -> str | None:
    """The component that most of these texts name; None if none is named in half of them."""
    counts: Mapping[str, int] = {each.id: sum(map(names_of([each]).stands_in, texts)) for each in components}
    best = max(counts, key=lambda one: counts[one], default=None)
    return best if best is not None and counts[best] * 2 >= len(texts) > 0 else None


def _examples(asked: Sequence[SpikeQuestion]) -> list[str]:
    """Of different people, the shortest first: they say what it is about."""
    by_person = {each.customer_id: each.shown for each in reversed(asked)}
    told = sorted(dict.fromkeys(filter(None, by_person.values())), key=len)
    return told[:SHOWN]


def _over(known: KeptAlert) -> Alert:
    return Alert(source=known.source, key=known.key, firing=False, title=known.title, text=known.text)
