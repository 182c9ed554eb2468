"""Two encoders as one."""

from collections.abc import Sequence
from typing import cast

import numpy as np

from faq.matching.encoders.centred import Floats
from faq.matching.meaning import Encoder
from faq.matching.weights import Kind


class Ensemble:
    """Both vectors side by side, each with half a say: nearness is the mean of both."""

    kind: Kind = "ensemble"

    def __init__(self, first: Encoder, second: Encoder) -> None:
        self.model = f"{first.model}+{second.model}"
        self._first, self._second = first, second

    def encode(self, texts: Sequence[str]) -> Floats:
        """A row of length one for each text."""
        both = np.hstack([self._first.encode(texts), self._second.encode(texts)])
        return cast("Floats", (both * np.sqrt(0.5)).astype(np.float32))
