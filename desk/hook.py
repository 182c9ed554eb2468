"""A hook: a program of the company's own that is told every notice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hook:
    """A hook by a key and by the host where it is; its address may hold a secret and stands elsewhere."""

    key: str
    host: str
