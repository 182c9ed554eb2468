"""Which encoder a desk goes on with."""

from pathlib import Path

import structlog

from faq.matching.encoders.choice import Choice
from faq.matching.encoders.opening import going_on_with
from faq.matching.meaning import Encoder

log = structlog.get_logger("faq")


def encoder_of(desk: str, wanted: Choice | None) -> Encoder | None:
    """What compares meanings, said in the log; what cannot be had a desk goes on without."""
    if wanted is None:
        return None
    encoder, why = going_on_with(wanted)
    name = None if encoder is None else encoder.model
    if why is not None:
        log.error(
            "the encoder of the key semantic cannot be had; going on without it",
            desk=desk,
            semantic=str(wanted),
            why=why.text,
            **why.params,
        )
    if encoder is not None:
        log.info("meanings are compared", desk=desk, encoder=name)
    if isinstance(wanted, Path) and encoder is not None:
        log.warning(
            "the thresholds were measured with another encoder: see otklik faq eval --encoder", desk=desk
        )
    return encoder
