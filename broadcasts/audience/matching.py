"""Whether a question is about a live incident: trouble with a thing that the incident is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from broadcasts.incident import Incident, IncidentKind, Severity, Status
from desk.component import Component
from faq.language.lexicon import lexicon
from faq.language.slips import is_slip
from faq.language.stems import stem
from faq.language.text import fold, words
from faq.understanding.trouble import HeardTrouble, heard_trouble

Roots = tuple[str, ...]
ALIKE = 90
"""How near to the title a question must come that names nothing of a component, of a hundred."""
UNDER_WAY = frozenset({Status.IN_PROGRESS, Status.VERIFYING})


@dataclass(frozen=True, slots=True)
class IncidentMatter:
    """What an incident is about: names of its things as roots, the plain ones as words, and its title."""

    named: frozenset[Roots]
    plain: frozenset[str]
    title: frozenset[str]


def is_felt(incident: Incident) -> bool:
    """Whether people may ask about it: a fault, or maintenance that has begun."""
    under_way = incident.kind is IncidentKind.INCIDENT or incident.status in UNDER_WAY
    return under_way and incident.severity is not Severity.GREEN


def concerns(components: Sequence[Component], incident: Incident, text: str) -> bool:
    """Whether the incident, with the components of its desk, may be what the question is about."""
    heard = heard_trouble(text)
    if heard.alone:
        return True
    matter = _matter(incident.title, tuple(_things(components, incident)))
    if heard.told:
        return _named(matter, heard, text) or _like(matter.title, heard)
    return len(matter.title) > 1 and _like(matter.title, heard)


def _things(components: Sequence[Component], incident: Incident) -> Iterable[str]:
    for component in components:
        if component.id in incident.components:
            yield from (*component.words, *component.names.values())


@lru_cache(maxsize=256)
def _matter(title: str, things: tuple[str, ...]) -> IncidentMatter:
    spoken = [tuple(words(fold(thing))) for thing in things]
    told = heard_trouble(title)
    return IncidentMatter(
        named=frozenset(tuple(map(stem, each)) for each in spoken if each),
        plain=frozenset(each[0] for each in spoken if len(each) == 1),
        title=told.things,
    )


def _named(matter: IncidentMatter, heard: HeardTrouble, text: str) -> bool:
    """Whether a name of its things stands in the question, in any form or with a usual slip."""
    roots = heard.roots
    for name in matter.named:
        if any(roots[at : at + len(name)] == name for at in range(len(roots) - len(name) + 1)):
            return True
    typed = [word for word in words(fold(text)) if word not in lexicon().known]
    return any(is_slip(word, meant) for word in typed for meant in matter.plain)


def _like(title: frozenset[str], heard: HeardTrouble) -> bool:
    """Whether the question says what the title says, in whatever order and with whatever beside it."""
    from rapidfuzz.fuzz import token_set_ratio

    if not title or title.isdisjoint(heard.things):
        return False
    return token_set_ratio(" ".join(sorted(title)), " ".join(sorted(heard.things))) >= ALIKE
