"""Whether a question is about a live incident: trouble with a thing that the incident is about."""

from collections.abc import Sequence

from broadcasts.audience.naming import names_of
from broadcasts.incident import Incident, IncidentKind, Severity, Status
from desk.component import Component
from faq.understanding.trouble import HeardTrouble, heard_trouble

ALIKE = 90
"""How near to the title a question must come that names nothing of a component, of a hundred."""
UNDER_WAY = frozenset({Status.IN_PROGRESS, Status.VERIFYING})


def is_felt(incident: Incident) -> bool:
    """Whether people may ask about it: a fault, or maintenance that has begun."""
    under_way = incident.kind is IncidentKind.INCIDENT or incident.status in UNDER_WAY
    return under_way and incident.severity is not Severity.GREEN


def concerns(components: Sequence[Component], incident: Incident, text: str) -> bool:
    """Whether the incident, with the components of its desk, may be what the question is about."""
    heard = heard_trouble(text)
    if heard.alone:
        return True
    title = heard_trouble(incident.title).things
    if heard.told:
        own = (each for each in components if each.id in incident.components)
        return names_of(own).stands_in(text) or _like(title, heard)
    return len(title) > 1 and _like(title, heard)


def _like(title: frozenset[str], heard: HeardTrouble) -> bool:
    """Whether the question says what the title says, in whatever order and with whatever beside it."""
    from rapidfuzz.fuzz import token_set_ratio

    if not title or title.isdisjoint(heard.things):
        return False
    return token_set_ratio(" ".join(sorted(title)), " ".join(sorted(heard.things))) >= ALIKE
