"""The kinds of message by Telegram's names, in one table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaKind:
    """A kind that has a file.

    `captioned`: words can stand under it. `album`: kinds with the same album can stand side by side.
    `replaceable`: its file may be put into a message that stands already. `veiled`: it may be hidden until
    touched, with the words above it. `copied`: it is never sent anew, only copied. `endings`: files of this
    machine that are sent as this kind.
    """

    captioned: bool = True
    album: str | None = None
    replaceable: bool = True
    veiled: bool = False
    copied: bool = False
    endings: tuple[str, ...] = ()


# An animation bears a document too, and a live photo a photo, so they are asked about first.
MEDIA = {
    "animation": MediaKind(veiled=True, endings=(".gif",)),
    "live_photo": MediaKind(replaceable=False, copied=True),
    "photo": MediaKind(album="picture", veiled=True, endings=(".jpg", ".jpeg", ".png", ".webp")),
    "video": MediaKind(album="picture", veiled=True, endings=(".mp4", ".mov", ".m4v")),
    "document": MediaKind(album="document"),
    "audio": MediaKind(album="audio", endings=(".mp3", ".m4a", ".flac")),
    "voice": MediaKind(replaceable=False, endings=(".ogg", ".oga", ".opus")),
    "video_note": MediaKind(captioned=False, replaceable=False),
    "sticker": MediaKind(captioned=False, replaceable=False),
}
FACTS = ("venue", "location", "contact", "poll", "dice")
"""Kinds without a file; a venue has a location too."""
CAPTIONED = frozenset(name for name, kind in MEDIA.items() if kind.captioned)
REPLACEABLE = frozenset(name for name, kind in MEDIA.items() if kind.replaceable)
VEILED = frozenset(name for name, kind in MEDIA.items() if kind.veiled)


UNUSUAL = frozenset(
    str.split(
        "story paid_media checklist game invoice giveaway giveaway_winners rich_message gift unique_gift "
        "users_shared chat_shared web_app_data successful_payment refunded_payment passport_data "
        "checklist_tasks_done checklist_tasks_added proximity_alert_triggered"
    )
)
"""Kinds that can only be copied or forwarded, if that; we have a name for each."""
NAMED = frozenset((*MEDIA, *FACTS, *UNUSUAL))


def album_of(kind: str) -> str | None:
    """The album that a kind may stand in; None if it cannot."""
    return MEDIA[kind].album if kind in MEDIA else None


def kind_of_file(ending: str) -> str:
    """The kind as which a file with this ending (".jpg") is sent."""
    small = ending.lower()
    return next((name for name, kind in MEDIA.items() if small in kind.endings), "document")
