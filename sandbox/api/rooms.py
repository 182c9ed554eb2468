"""getChat and who is in it, leaveChat."""

from aiogram.methods import (
    GetChat,
    GetChatAdministrators,
    GetChatMember,
    GetChatMemberCount,
    GetUserProfilePhotos,
    LeaveChat,
)

from sandbox import membership
from sandbox.accounts import Json
from sandbox.api.access import chat_of, listed, readable
from sandbox.api.registry import Request, method
from sandbox.chats import Member
from sandbox.content.files import with_ids_for
from sandbox.delivery import view
from sandbox.errors import ApiError, Refusal

PHOTOS_MOST = 100
GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


@method(GetChat)
def get_chat(request: Request, asked: GetChat) -> Json:
    chat = readable(request, asked.chat_id)
    full = chat.card() | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, chat.kind == "private"),
    }
    if chat.kind in {"group", "supergroup"}:
        full["permissions"] = dict.fromkeys(membership.MEMBER_RIGHTS, True)
    if chat.linked is not None:
        full["linked_chat_id"] = chat.linked.id
    if chat.protected:
        full["has_protected_content"] = True
    if chat.pinned:
        full["pinned_message"] = view(chat.messages[chat.pinned[-1]], request.bot)
    return full


@method(GetChatMember)
def get_chat_member(request: Request, asked: GetChatMember) -> Json:
    own = asked.user_id == request.bot.id
    chat = (readable if own else listed)(request, asked.chat_id)
    account = request.world.accounts.get(asked.user_id)
    if account is None:
        raise ApiError(Refusal.USER_NOT_FOUND)
    if chat.kind == "private":
        if account not in (chat.person, chat.bot):
            raise ApiError(Refusal.MEMBER_NOT_FOUND)
        return membership.card(chat, Member(account))
    member = chat.member(account)
    if member is None:
        raise ApiError(Refusal.MEMBER_NOT_FOUND)
    return membership.card(chat, member)


@method(GetChatAdministrators)
def get_chat_administrators(request: Request, asked: GetChatAdministrators) -> list[Json]:
    chat = listed(request, asked.chat_id)
    if chat.kind == "private":
        raise ApiError(Refusal.NO_ADMINS_IN_PRIVATE)
    admins = [member for member in chat.members.values() if member.is_admin]
    shown = [m for m in admins if asked.return_bots or not m.account.is_bot or m.account is request.bot]
    return [membership.card(chat, member) for member in shown]


@method(GetChatMemberCount)
def get_chat_member_count(request: Request, asked: GetChatMemberCount) -> int:
    chat = listed(request, asked.chat_id)
    return 2 if chat.kind == "private" else sum(member.present for member in chat.members.values())


@method(GetUserProfilePhotos)
def get_user_profile_photos(request: Request, asked: GetUserProfilePhotos) -> Json:
    account = request.world.accounts.get(asked.user_id)
    if account is None:
        raise ApiError(Refusal.USER_NOT_FOUND)
    first, most = max(asked.offset or 0, 0), max(1, min(asked.limit or PHOTOS_MOST, PHOTOS_MOST))
    shown = account.portraits[first : first + most]
    return {"total_count": len(account.portraits), "photos": with_ids_for(request.bot, shown)}


@method(LeaveChat)
def leave_chat(request: Request, asked: LeaveChat) -> bool:
    chat = chat_of(request, asked.chat_id)
    if chat.kind == "private":
        raise ApiError(Refusal.CANNOT_LEAVE)
    membership.become(request.world, chat, request.bot, "left", by=request.bot)
    return True
