"""Chats and what is in them: members, messages, topics, pins."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from sandbox.accounts import Account, BotAccount, Json

Kind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]
Message = Json
GENERAL = 1


@dataclass(eq=False)
class Topic:
    """A forum topic; its id is that of the service message that created it."""

    id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str | None = None
    closed: bool = False
    deleted: bool = False
    creator_id: int = 0

    def card(self) -> Json:
        card: Json = {"message_thread_id": self.id, "name": self.name, "icon_color": self.icon_color}
        if self.icon_custom_emoji_id:
            card["icon_custom_emoji_id"] = self.icon_custom_emoji_id
        return card


@dataclass(eq=False)
class Member:
    account: Account
    status: Status = "member"
    rights: dict[str, bool] = field(default_factory=dict)
    anonymous: bool = False
    title: str | None = None

    @property
    def present(self) -> bool:
        return self.status not in {"left", "kicked"}

    @property
    def is_admin(self) -> bool:
        return self.status in {"creator", "administrator"}

    def may(self, right: str) -> bool:
        """Whether an administrator's right is held."""
        return self.status == "creator" or (self.status == "administrator" and self.rights.get(right, False))

    def may_send(self) -> bool:
        return self.status != "restricted" or self.rights.get("can_send_messages", False)


@dataclass(eq=False)
class Chat:
    id: int
    kind: Kind
    title: str = ""
    username: str | None = None
    is_forum: bool = False
    person: Account | None = None
    bot: BotAccount | None = None
    standing: Literal["stranger", "open", "blocked"] = "stranger"
    linked: "Chat | None" = None
    migrated_to: "Chat | None" = None
    protected: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    threads: dict[int | None, list[int]] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    last_id: int = 0
    general_closed: bool = False

    def card(self) -> Json:
        """The `Chat` object inside messages and updates."""
        if self.person is not None:
            person = self.person.card()
            names: Json = {k: v for k, v in person.items() if k in {"first_name", "last_name", "username"}}
            return {"id": self.id, "type": "private", **names}
        card: Json = {"id": self.id, "title": self.title, "type": self.kind}
        if self.username:
            card["username"] = self.username
        if self.is_forum:
            card["is_forum"] = True
        return card

    @property
    def bots(self) -> Iterable[Member]:
        return [m for m in self.members.values() if m.account.is_bot and m.present]

    @property
    def has_threads(self) -> bool:
        return self.kind == "supergroup"

    def member(self, account: Account) -> Member | None:
        return self.members.get(account.id)

    def find(self, message_id: int | None) -> Message | None:
        """A message that is still there."""
        message = self.messages.get(message_id or 0)
        return None if message is None or message.get("_deleted") else message

    def topic(self, thread_id: int) -> Topic | None:
        topic = self.topics.get(thread_id)
        return None if topic is None or topic.deleted else topic
