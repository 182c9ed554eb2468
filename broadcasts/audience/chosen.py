"""What a subscriber chose among the components there are now, and what one more press makes of it."""

from collections.abc import Collection, Sequence

from broadcasts.audience.subscriber import EVERYTHING, QuietHours
from desk.component import Component

HOUR = 60
OFFERED_HOURS = tuple(QuietHours(begin * HOUR, end * HOUR) for begin, end in ((22, 8), (23, 7), (21, 9)))
ALL = frozenset({EVERYTHING})


def pressed(held: Collection[str], components: Sequence[Component], ids: Collection[str]) -> frozenset[str]:
    """What is chosen after a press on components; those that the configuration lost fall away.

    Pressing what was chosen takes it out, also out of everything; a heading stands for all below it.
    """
    known = {each.id for each in components}
    before = known if EVERYTHING in held else known & set(held)
    return frozenset(before - set(ids) if set(ids) <= before else before | set(ids))


def all_pressed(held: Collection[str]) -> frozenset[str]:
    """What is chosen after a press on everything."""
    return frozenset() if EVERYTHING in held else ALL


def is_chosen(held: Collection[str], component: Component) -> bool:
    """Whether a component is among what was chosen."""
    return EVERYTHING in held or component.id in held


def hours_named(word: str) -> QuietHours | None:
    """The offered hours that a press names: "22-8"."""
    return next((each for each in OFFERED_HOURS if name_of(each) == word), None)


def name_of(hours: QuietHours) -> str:
    """The hours as a press names them."""
    return f"{hours.begin // HOUR}-{hours.end // HOUR}"
