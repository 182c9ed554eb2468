"""The ladder: what to send, or how, after Telegram has refused it; with less each time, until it is taken.

It does not depend on what a refusal says: a limit that Telegram adds one day takes the same road. A refusal
that is known leads to the right rung at once. Every rung is tried once for a parcel, and only where the call
then differs.
"""

import structlog

from bot.engine.verdicts import CallRefused
from bot.rooms.desk_rooms import DeskRooms
from bot.telegram import context, recovery, steps
from bot.telegram.context import TelegramContext
from bot.telegram.lighter import Rung, SendOptions
from bot.telegram.refusals import NO_TOPIC
from bot.telegram.uploads import Call, DiskFile
from desk import post
from desk.post import Lane, Parcel
from desk.profile import DeskPlaces

log = structlog.get_logger("sender")

LANES = frozenset({Lane.REPLY, Lane.SURVEY, Lane.ALARM})
"""Notices and bulk have people who watch over them and hear every refusal."""
LADDERS: dict[type[post.Body], tuple[Rung, ...]] = {
    post.Carry: (
        Rung.UNQUOTED,
        Rung.UNANSWERED,
        Rung.FEWER_BUTTONS,
        Rung.UNBUTTONED,
        Rung.CUT,
        Rung.COPIED,
        Rung.PLAIN,
        Rung.BELOW,
        Rung.PIECES,
        Rung.DOCUMENT,
        Rung.FORWARDED,
        Rung.UNANNOUNCED,
        Rung.WORDS,
    ),
    post.Amend: (Rung.UNBUTTONED, Rung.PLAIN, Rung.ANEW, Rung.CUT, Rung.BELOW, Rung.PIECES),
    post.Say: (
        Rung.UNANSWERED,
        Rung.CUT,
        Rung.FEWER_BUTTONS,
        Rung.PLAIN,
        Rung.UNBUTTONED,
        Rung.DOCUMENT,
        Rung.PIECES,
    ),
    post.Rewrite: (Rung.CUT, Rung.FEWER_BUTTONS, Rung.PLAIN, Rung.UNBUTTONED, Rung.DOCUMENT, Rung.ANEW),
    post.Rebutton: (Rung.FEWER_BUTTONS,),
    post.ShowCard: (Rung.FEWER_BUTTONS, Rung.PLAIN, Rung.UNBUTTONED),
}
FILE = (Rung.COPIED, Rung.DOCUMENT, Rung.FORWARDED, Rung.WORDS)
LONG = (Rung.CUT, Rung.ANEW, Rung.BELOW, Rung.PIECES)

GONE = ("message to edit not found", "MESSAGE_ID_INVALID")
STALE = ("wrong file identifier", "wrong remote file", "wrong type of file")
"""Telegram has forgotten the id of a file: one of this machine goes up once more."""
UNFIT_FILE = (
    *STALE,
    "wrong file_id",
    "failed to get HTTP URL content",
    "file cannot be read",
    "PHOTO_",
    "IMAGE_PROCESS",
    "WEBPAGE_",
    "must be a photo",
    "can't use file of type",
    "VOICE_MESSAGES_FORBIDDEN",
    "not enough rights to send",
    "Request Entity Too Large",
)
KNOWN: tuple[tuple[tuple[str, ...], tuple[Rung, ...]], ...] = (
    (("can't parse entities", "ENTIT", "parse_mode"), (Rung.PLAIN,)),
    (("quote",), (Rung.UNQUOTED,)),
    (("reply markup", "reply_markup", "BUTTON", "keyboard"), (Rung.FEWER_BUTTONS, Rung.UNBUTTONED)),
    (("to be replied", "REPLY_MESSAGE"), (Rung.UNANSWERED,)),
    (("too long", "TOO_LONG"), LONG),
)


def fall_back(
    rooms: DeskRooms,
    refused_context: TelegramContext,
    places: DeskPlaces,
    refused: CallRefused,
    options: SendOptions,
) -> SendOptions | None:
    """The options to try next for a run that was refused; None if nothing is left."""
    parcel, full = refused_context.parcel, context.read(rooms, refused_context.run, whole=True)
    if not full.run:  # replaced meanwhile: the next pick finds out
        return options
    before = steps.next_step(full, places, options).call
    if before is not None and before["method"] == "createForumTopic":
        return _titled(rooms, refused, options)
    if before is None or parcel.lane not in LANES or refused.says(*NO_TOPIC):
        return None
    if refused.says(*STALE) and Rung.AFRESH not in options.tried and _goes_up(before):
        return options.on(Rung.AFRESH, same_way=True)
    # copied and the like may have been refused last; without them it was before
    known, refused_calls = _known(refused), (before, steps.next_step(full, places, options.anew()).call)
    for rung in (*known, *_others(parcel, refused)):
        further = options.on(rung, same_way=rung in known)
        fits = rung in LADDERS.get(type(parcel.body), ()) and rung not in options.tried
        if fits and steps.next_step(full, places, further).call not in refused_calls:
            log.info("sent otherwise", rung=rung.name.lower(), reason=refused.description)
            if rung is Rung.UNANNOUNCED:
                rooms.shared.unsaid.alarm(refused.description)
            return further
    return None


def _titled(rooms: DeskRooms, refused: CallRefused, options: SendOptions) -> SendOptions:
    """Perhaps only the title is refused, which has a person's name in it; else there are no topics."""
    if Rung.UNNAMED in options.tried:
        recovery.without_topics(refused.description, rooms)
        return options
    return options.on(Rung.UNNAMED, same_way=True)


def _known(refused: CallRefused) -> tuple[Rung, ...]:
    """The rungs that this very refusal asks for."""
    return next((rungs for signs, rungs in KNOWN if refused.says(*signs)), ())


def _others(parcel: Parcel, refused: CallRefused) -> tuple[Rung, ...]:
    """All rungs of a parcel; where its file or the message it changes is at fault, only those that help."""
    private = isinstance(parcel.to, post.Chat) and parcel.to.private
    if refused.says(*GONE):
        return (Rung.ANEW,) if isinstance(parcel.body, post.Rewrite) and private else ()
    if refused.says(*UNFIT_FILE):
        return FILE
    rungs = LADDERS.get(type(parcel.body), ())
    if isinstance(parcel.body, post.Rewrite) and not private:
        return tuple(rung for rung in rungs if rung is not Rung.ANEW)
    return rungs


def _goes_up(call: Call) -> bool:
    """Whether the call has a file of this machine."""
    media = call.get("media")
    values = [*call.values(), *(media.values() if isinstance(media, dict) else ())]
    return any(isinstance(value, DiskFile) for value in values)
