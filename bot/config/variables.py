"""From a variable's name to the place that it stands for, along the model and what the file has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import IntEnum

from bot.config.shapes import KeyPart, KeyPath, Listed, Named, Shape, Table, Value, at, inside

BETWEEN = "__"
CUT = re.compile(f"(?={BETWEEN})")
POSITION = re.compile(r"0|[1-9]\d{0,4}", re.ASCII)


class Fit(IntEnum):
    """How well a reading suits the model; near is one that has a key, or almost a key, before it errs."""

    FITS = 0
    NEAR = 2
    UNKNOWN = 4


NEW_NAME = 3  # between NEAR and UNKNOWN: a slip below a name of the file is likelier than a new name


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a name leads if read so, and the shape there; refused is the text for a name leading nowhere."""

    path: KeyPath
    shape: Shape
    fit: Fit = Fit.FITS
    refused: str = ""

    def below(self, step: KeyPart) -> "Reading":
        """The same, seen from one step further out."""
        return replace(self, path=(step, *self.path))


def as_spoken(name: str) -> str:
    """A name as a variable can say it: without capitals and hyphens."""
    return name.lower().replace("-", "_")


def reading_of(spoken: str | None, shape: Shape, given: object) -> Reading:
    """What the rest of a name stands for, None being no rest."""
    if spoken is None:
        return Reading((), shape)
    match shape:
        case Table():
            return _by_key(spoken, shape, given)
        case Named():
            return _by_name(spoken, shape, given)
        case Listed():
            return _by_position(spoken, shape, given)
        case _:
            return Reading((spoken,), Value(), Fit.UNKNOWN, "config.unknown_key")


def _by_key(spoken: str, shape: Table, given: object) -> Reading:
    said, between, after = spoken.partition(BETWEEN)
    keys = {as_spoken(key): key for key in shape.by_key()}
    if said in keys:
        found = _further(keys[said], after if between else None, shape, given)
        return replace(found, fit=min(found.fit, Fit.NEAR))
    near = get_close_matches(said, keys, n=1)
    return Reading((said,), Value(), Fit.NEAR if near else Fit.UNKNOWN)


def _by_position(spoken: str, shape: Listed, given: object) -> Reading:
    said, between, after = spoken.partition(BETWEEN)
    if not POSITION.fullmatch(said):
        return Reading((), shape, Fit.UNKNOWN, "config.no_position")
    if int(said) > (len(given) if isinstance(given, list) else 0):
        return Reading((), shape, Fit.FITS, "config.no_position")
    return _further(int(said), after if between else None, shape, given)


def _by_name(spoken: str, shape: Named, given: object) -> Reading:
    """The likeliest reading, as a name may have a double underscore: the file's names, then the shortest."""
    known = {as_spoken(name): name for name in given} if isinstance(given, dict) else {}
    readings = []
    for said, after in _cuts(spoken):
        # A new table as a whole has a plain name, or else every unknown key below a name would make one.
        if said in known or after is not None or BETWEEN not in said or not isinstance(shape.each, Table):
            found = _further(known.get(said, said), after, shape, given)
            rank = (found.fit, -len(said)) if said in known else (found.fit + NEW_NAME, len(said))
            readings.append((rank, found))
    return min(readings, key=lambda ranked: ranked[0])[1]


def _cuts(spoken: str) -> Iterator[tuple[str, str | None]]:
    for cut in CUT.finditer(spoken):
        yield spoken[: cut.start()], spoken[cut.start() + len(BETWEEN) :]
    yield spoken, None


def _further(step: KeyPart, spoken: str | None, shape: Shape, given: object) -> Reading:
    return reading_of(spoken, inside(shape, step), at(given, step)).below(step)
