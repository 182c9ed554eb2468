"""A channel's discussion group: posts come over by themselves, pinned, in Telegram's name."""

from typing import TYPE_CHECKING

from sandbox.accounts import TELEGRAM
from sandbox.chats import Chat, Message
from sandbox.delivery import is_service
from sandbox.forwards import forwarded
from sandbox.posting import Author, post

if TYPE_CHECKING:
    from sandbox.world import World


def watch(world: "World", channel: Chat, group: Chat) -> None:
    """From now on every post of the channel appears in the group."""
    channel.linked, group.linked = group, channel
    albums: dict[str, str] = {}

    def carry(message: Message) -> None:
        if is_service(message):
            return
        content = forwarded(message) | {"is_automatic_forward": True}
        if album := message.get("media_group_id"):
            content["media_group_id"] = albums.setdefault(album, world.album_id())
        copy = post(world, group, Author(TELEGRAM, TELEGRAM, channel), content)
        group.pinned.append(copy["message_id"])

    world.changes.subscribe(
        lambda change: (
            carry(change.message or {}) if change.chat is channel and change.what == "message" else None
        )
    )
