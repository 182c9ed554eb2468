"""A basic group becomes a supergroup: a new id, a farewell and a greeting."""

from typing import TYPE_CHECKING

from sandbox.accounts import TELEGRAM
from sandbox.changes import Change
from sandbox.chats import Chat, Member
from sandbox.posting import Author, post

if TYPE_CHECKING:
    from sandbox.world import World


def migrate(world: "World", group: Chat, *, forum: bool = False) -> Chat:
    """The new supergroup, with the same people in it; the old id only answers with the new one."""
    if group.kind != "group" or group.migrated_to is not None:
        raise ValueError("only a basic group migrates, and only once")
    successor = world.forum(group.title) if forum else world.supergroup(group.title)
    for member in group.members.values():
        successor.members[member.account.id] = Member(
            member.account, member.status, dict(member.rights), member.anonymous, member.title
        )
    post(world, group, _in_silence(group), {"migrate_to_chat_id": successor.id})
    group.migrated_to = successor
    post(world, successor, _in_silence(successor), {"migrate_from_chat_id": group.id})
    world.changes.tell(Change("member", successor, None, {"migrated_from": group.id}))
    return successor


def _in_silence(chat: Chat) -> Author:
    """Nobody in particular did it: the message comes from the anonymous group."""
    return Author(TELEGRAM, TELEGRAM, chat)
