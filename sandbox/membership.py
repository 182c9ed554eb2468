"""Joining, leaving, rights: who is what in a chat, and who is told."""

from typing import TYPE_CHECKING, Any

from sandbox.accounts import FOUNDER, Account, BotAccount, Json
from sandbox.changes import Change
from sandbox.chats import Chat, Member, Status
from sandbox.delivery import push
from sandbox.errors import strict

if TYPE_CHECKING:
    from sandbox.world import World

ADMIN_RIGHTS = str.split(
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members can_promote_members "
    "can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories "
    "can_send_welcome_messages"
)
GROUP_RIGHTS = ["can_pin_messages", "can_manage_topics", "can_manage_tags"]
CHANNEL_RIGHTS = ["can_post_messages", "can_edit_messages", "can_manage_direct_messages"]
SEND_RIGHTS = str.split(
    "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos "
    "can_send_video_notes can_send_voice_notes can_send_polls can_send_other_messages "
    "can_add_web_page_previews can_react_to_messages"
)
MEMBER_RIGHTS = [
    *SEND_RIGHTS,
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
]
KNOWN = {*ADMIN_RIGHTS, *GROUP_RIGHTS, *CHANNEL_RIGHTS, *MEMBER_RIGHTS}


def card(chat: Chat, member: Member) -> Json:
    """The `ChatMember*` object, complete as aiogram demands."""
    shown: Json = {"user": member.account.card(), "status": member.status}
    match member.status:
        case "creator":
            shown["is_anonymous"] = member.anonymous
        case "administrator":
            extra = CHANNEL_RIGHTS if chat.kind == "channel" else GROUP_RIGHTS
            shown |= {"can_be_edited": False, "is_anonymous": member.anonymous}
            shown |= {right: member.rights.get(right, False) for right in [*ADMIN_RIGHTS, *extra]}
        case "restricted":
            shown |= {"is_member": True, "until_date": 0}
            shown |= {right: member.rights.get(right, False) for right in MEMBER_RIGHTS}
        case "kicked":
            shown["until_date"] = 0
    if member.title and member.is_admin:
        shown["custom_title"] = member.title
    return shown


def become(
    world: "World",
    chat: Chat,
    account: Account,
    status: Status,
    *,
    by: Account | None = None,
    rights: dict[str, bool] | None = None,
    anonymous: bool = False,
    title: str | None = None,
) -> Member:
    """Give the account this standing in the chat; those concerned get my_chat_member and chat_member."""
    unknown = set(rights or {}) - KNOWN
    if unknown:
        raise strict(f"no such right: {', '.join(sorted(unknown))}")
    before = chat.members.get(account.id, Member(account, "left"))
    now = Member(account, status, dict(rights or {}), anonymous, title)
    chat.members[account.id] = now
    body: Json = {
        "chat": chat.card(),
        "from": (by or _somebody(chat, account)).card(),
        "date": world.clock.date(),
        "old_chat_member": card(chat, before),
        "new_chat_member": card(chat, now),
    }
    if isinstance(account, BotAccount):
        push(world, account, "my_chat_member", {"my_chat_member": body}, chat, f"members {chat.id}")
    for member in chat.bots:
        if member.account is not account and member.is_admin and isinstance(member.account, BotAccount):
            push(world, member.account, "chat_member", {"chat_member": body}, chat, f"members {chat.id}")
    world.changes.tell(Change("member", chat, None, body))
    return now


def _somebody(chat: Chat, account: Account) -> Account:
    """Who did it, if nobody is named: people come and go by themselves, bots are dealt with by people."""
    if not account.is_bot:
        return account
    people = (member.account for member in chat.members.values() if not member.account.is_bot)
    return next((person for person in people if chat.members[person.id].is_admin), FOUNDER)


def stand(world: "World", chat: Chat, standing: str) -> None:
    """A person blocks or unblocks a bot: the private chat's own kind of membership."""
    if chat.bot is None or chat.person is None:
        raise TypeError("only a private chat can be blocked")
    old, new = ("member", "kicked") if standing == "blocked" else ("kicked", "member")
    chat.standing = "blocked" if standing == "blocked" else "open"
    body: Json = {
        "chat": chat.card(),
        "from": chat.person.card(),
        "date": world.clock.date(),
        "old_chat_member": card(chat, Member(chat.bot, "kicked" if old == "kicked" else "member")),
        "new_chat_member": card(chat, Member(chat.bot, "kicked" if new == "kicked" else "member")),
    }
    push(world, chat.bot, "my_chat_member", {"my_chat_member": body}, chat, f"members {chat.id}")
    world.changes.tell(Change("member", chat, None, body))


def admin_rights(chat: Chat, given: dict[str, Any]) -> dict[str, bool]:
    """An administrator can at least see the chat; in a channel a bot is there to post."""
    rights = {"can_manage_chat": True, **given}
    if chat.kind == "channel":
        rights = {"can_post_messages": True, "can_edit_messages": True} | rights
    return rights
