"""Who one may be on the page, and which chats each of them has."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sandbox.accounts import Account, BotAccount
from sandbox.chats import Chat
from sandbox.world import World

Role = Literal["customer", "operator", "manager"]
PEOPLE = Path(__file__).with_name("people.json")


@dataclass(frozen=True, eq=False)
class Part:
    """Somebody to be; the first chat is the one that opens."""

    account: Account
    role: Role
    chats: tuple[Chat, ...]


@dataclass(eq=False)
class Cast:
    title: str
    bot: BotAccount
    group: Chat
    channel: Chat
    parts: list[Part] = field(default_factory=list)
    newcomers: Iterator[dict[str, str]] = field(default_factory=lambda: iter(()))

    def become(self, other: "Cast") -> None:
        """Take over another cast whole: the world has begun anew."""
        self.__dict__.update(other.__dict__)

    def part(self, account_id: int) -> Part | None:
        return next((part for part in self.parts if part.account.id == account_id), None)

    def of(self, role: Role) -> list[Part]:
        return [part for part in self.parts if part.role == role]

    def chats(self) -> list[Chat]:
        """Every chat of anybody, each once."""
        return list(dict.fromkeys(chat for part in self.parts for chat in part.chats))

    def add_customer(self, world: World, about: dict[str, str]) -> Part:
        account = _account(world, about)
        world.admit(self.channel, account)
        part = Part(account, "customer", (world.private_chat(self.bot, account), self.channel))
        self.parts.append(part)
        return part


def sample_cast(world: World) -> Cast:
    """The plainly sample people of people.json, in a forum and a channel of their own."""
    sample: dict[str, Any] = json.loads(PEOPLE.read_text(encoding="utf-8"))
    bot = world.bot(sample["bot"]["username"], name=sample["bot"]["name"], privacy=False)
    group, channel = world.forum(sample["group"]), world.channel(sample["channel"])
    world.admit(group, bot, can_manage_topics=True, can_delete_messages=True, can_pin_messages=True)
    world.admit(channel, bot, can_post_messages=True, can_edit_messages=True)
    cast = Cast(sample["title"], bot, group, channel, newcomers=iter(sample["newcomers"]))
    for about in sample["customers"]:
        cast.add_customer(world, about)
    for about in sample["operators"]:
        operator = _account(world, about)
        world.admit(group, operator, can_manage_topics=True)
        cast.parts.append(Part(operator, "operator", (group,)))
    for about in sample["managers"]:
        cast.parts.append(_manager(world, cast, about))
    return cast


def _manager(world: World, cast: Cast, about: dict[str, str]) -> Part:
    manager = _account(world, about)
    world.admit(cast.group, manager, can_manage_topics=True)
    world.admit(cast.channel, manager, can_post_messages=True)
    return Part(manager, "manager", (world.private_chat(cast.bot, manager), cast.group, cast.channel))


def _account(world: World, about: dict[str, str]) -> Account:
    return world.person(about["first_name"], last_name=about["last_name"], language=about["language"])
