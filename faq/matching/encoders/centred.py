"""Vectors seen from the middle of all that can be said.

Many encoders put every text into one narrow corner, so that any two are alike; seen from there they are not.
The middle is that of the texts in neutral.txt: everyday sentences of no company's, in Russian and English.
Change them and the vectors are others: their digest belongs into the name of the model.
"""

from collections.abc import Callable, Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Read = Callable[[Sequence[str]], Floats]

_LEAST = 1e-6


@cache
def neutral() -> tuple[str, ...]:
    """The texts whose middle is taken."""
    return tuple((files("faq") / "matching" / "encoders" / "neutral.txt").read_text("utf-8").splitlines())


@cache
def neutral_digest() -> str:
    """Eight characters that are others as soon as the texts are."""
    return blake2b("\n".join(neutral()).encode(), digest_size=4).hexdigest()


def centred(read: Read) -> Read:
    """What is read less the middle of the neutral texts, which are read when it is first asked."""

    @cache
    def middle() -> Floats:
        return cast("Floats", read(neutral()).mean(axis=0))

    return lambda texts: unit(read(texts) - middle())


def unit(rows: Floats) -> Floats:
    """The rows at length one."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return cast("Floats", (rows / np.maximum(lengths, _LEAST)).astype(np.float32))
