"""Topics of a forum and the service messages they leave."""

from typing import TYPE_CHECKING

from sandbox.accounts import Account, Json
from sandbox.changes import Change
from sandbox.chats import Chat, Topic
from sandbox.icons import ICONS
from sandbox.posting import Author, post

if TYPE_CHECKING:
    from sandbox.world import World

COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


def create(
    world: "World",
    chat: Chat,
    by: Account,
    name: str,
    icon_color: int | None = None,
    icon_custom_emoji_id: str | None = None,
) -> Topic:
    """The service message comes first; its id becomes the topic's."""
    color = icon_color if icon_color is not None else COLORS[len(chat.topics) % len(COLORS)]
    topic = Topic(chat.last_id + 1, name, color, icon_custom_emoji_id, creator_id=by.id)
    chat.topics[topic.id] = topic
    created: Json = {"name": name, "icon_color": color}
    if icon_custom_emoji_id:
        created["icon_custom_emoji_id"] = icon_custom_emoji_id
    post(world, chat, Author.of(by, chat), {"forum_topic_created": created}, thread=topic.id)
    world.changes.tell(Change("topic", chat, None, {"topic": topic, "event": "created"}))
    return topic


def edit(world: "World", chat: Chat, topic: Topic, by: Account, name: str | None, icon: str | None) -> bool:
    """Rename or give another icon; whether anything changed."""
    edited: Json = {}
    if name is not None and name != topic.name:
        topic.name = edited["name"] = name
    if icon is not None and (icon or None) != topic.icon_custom_emoji_id:
        topic.icon_custom_emoji_id = icon or None
        edited["icon_custom_emoji_id"] = icon
    if edited:
        post(world, chat, Author.of(by, chat), {"forum_topic_edited": edited}, thread=topic.id)
        world.changes.tell(Change("topic", chat, None, {"topic": topic, "event": "edited"}))
    return bool(edited)


def set_closed(world: "World", chat: Chat, topic: Topic, by: Account, *, closed: bool) -> bool:
    if topic.closed == closed:
        return False
    topic.closed = closed
    event = "closed" if closed else "reopened"
    post(world, chat, Author.of(by, chat), {f"forum_topic_{event}": {}}, thread=topic.id)
    world.changes.tell(Change("topic", chat, None, {"topic": topic, "event": event}))
    return True


def delete(world: "World", chat: Chat, topic: Topic) -> None:
    """The topic goes with all its messages, and nobody tells the bots."""
    topic.deleted = True
    for message_id in chat.threads.get(topic.id, []):
        chat.messages[message_id]["_deleted"] = True
    world.changes.tell(Change("topic", chat, None, {"topic": topic, "event": "deleted"}))


def icon_stickers() -> list[Json]:
    return [
        {
            "file_id": f"icon-{emoji_id}",
            "file_unique_id": f"icon{emoji_id[-4:]}",
            "type": "custom_emoji",
            "width": 100,
            "height": 100,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
            "custom_emoji_id": emoji_id,
        }
        for emoji_id, emoji in ICONS.items()
    ]
