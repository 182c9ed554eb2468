"""Meaning beyond letters: sentence vectors from an encoder that may or may not be installed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from faq.matching.weights import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors of length one, near each other where the meaning is."""

    @property
    def model(self) -> str:
        """Name and version, in 64 characters at most: vectors of another model mean nothing beside these."""
        ...

    @property
    def kind(self) -> Kind:
        """The weights that go with it."""
        ...

    def encode(self, texts: Sequence[str]) -> "Floats":
        """A row of float32 for each text."""
        ...


class Vectors(Protocol):
    """Keeps vectors between two starts, as little-endian float32."""

    def get(self, model: str, digests: Iterable[str]) -> Mapping[str, bytes]:
        """Those that are kept."""
        ...

    def put(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep them; what is there already may stay."""
        ...
