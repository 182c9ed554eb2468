"""From where on a choice may be offered at one knowledge base, so that few strangers get one.

A base in everyday words is nearer to everyday questions than another, so every base is asked some hundreds of
them when it is made.
"""

from collections.abc import Callable, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from math import ceil, floor
from threading import Lock

from faq.language.text import is_cyrillic
from faq.matching.ways import Ways

Likely = Callable[[Sequence[str], str], Sequence[float]]
"""How likely a choice is to help with each text, for customers of a language."""

MOST = 0.5
_STEP = 1000
_MOST_KNOWN = 32
_known: dict[bytes, float] = {}
_lock = Lock()
"""Every desk makes its editions in a thread of its own."""


def least(ways: Ways, likely: Likely, share: float, kind: str) -> float:
    """The lowest threshold at which such a share of everyday questions reaches a person, but at most a half.

    A choice that more likely helps than not is always worth a look, and a base may be about everyday things.
    `kind` names what weighs them: a base that is made anew with the same phrasings is not asked again.
    """
    base = _digest(ways, f"{kind} {share}")
    found = _known.get(base)
    if found is None:
        found = max(_above(texts, language, likely, share) for language, texts in _asked_of(ways))
        found = min(found, MOST)
        with _lock:
            while len(_known) >= _MOST_KNOWN:
                del _known[next(iter(_known))]
            _known[base] = found
    return found


def _digest(ways: Ways, kind: str) -> bytes:
    told = blake2b(kind.encode(), digest_size=16)
    for owner, wording in zip(ways.owners, ways.wordings, strict=True):
        told.update(f"\n{ways.sides[owner]} {wording.text}".encode())
    return told.digest()


def _asked_of(ways: Ways) -> Sequence[tuple[str, Sequence[str]]]:
    """Questions in the scripts that the base is asked in: to others it has nothing to say."""
    scripts = {"ru" if is_cyrillic(text) else "en" for text in ways.texts}
    return [(language, everyday(language)) for language in sorted(scripts)]


def _above(texts: Sequence[str], language: str, likely: Likely, share: float) -> float:
    """Just above the likeliest of those that are to reach a person."""
    ranked = sorted(likely(texts, language))
    return (floor(ranked[ceil(share * len(ranked)) - 1] * _STEP) + 1) / _STEP


@cache
def everyday(language: str) -> tuple[str, ...]:
    """Questions that no company answers."""
    lines = (files("faq") / "matching" / "everyday" / f"{language}.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
