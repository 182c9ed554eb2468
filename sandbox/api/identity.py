"""Who the bot is: getMe and what BotFather keeps for it."""

from aiogram.methods import (
    Close,
    DeleteMyCommands,
    GetMe,
    GetMyCommands,
    GetMyDescription,
    GetMyName,
    GetMyShortDescription,
    GetMyStarBalance,
    LogOut,
    SetMyCommands,
    SetMyDescription,
    SetMyName,
    SetMyShortDescription,
)
from aiogram.types import (
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
)

from sandbox.accounts import Json
from sandbox.api.access import listed
from sandbox.api.registry import Request, method, plain
from sandbox.errors import strict

COMMANDS_MAX = 100
NANOSTARS_IN_TENTH = 100_000_000
OF_ONE_CHAT = (BotCommandScopeChat, BotCommandScopeChatAdministrators, BotCommandScopeChatMember)


@method(GetMe)
def get_me(request: Request, _: GetMe) -> Json:
    return request.bot.me()


@method(GetMyStarBalance)
def get_my_star_balance(request: Request, _: GetMyStarBalance) -> Json:
    amount, tenths = divmod(request.bot.star_tenths, 10)
    return {"amount": amount} | ({"nanostar_amount": tenths * NANOSTARS_IN_TENTH} if tenths else {})


@method(LogOut)
def log_out(_: Request, __: LogOut) -> bool:
    raise strict("there is no other server to log in to: logOut is not carried")


@method(Close)
def close(_: Request, __: Close) -> bool:
    raise strict("there is no other server to move to: close is not carried")


@method(SetMyCommands)
def set_my_commands(request: Request, asked: SetMyCommands) -> bool:
    if len(asked.commands) > COMMANDS_MAX:
        raise strict(f"at most {COMMANDS_MAX} commands")
    for command in asked.commands:
        name = command.command.lstrip("/")
        if not (1 <= len(name) <= 32) or not name.isascii() or not name.replace("_", "a").isalnum():
            raise strict("BOT_COMMAND_INVALID")
        if name != name.lower() or not 1 <= len(command.description) <= 256:
            raise strict("BOT_COMMAND_DESCRIPTION_INVALID")
    shown = [plain(command) or {} for command in asked.commands]
    request.bot.commands[_scope(request, asked)] = shown
    return True


@method(GetMyCommands)
def get_my_commands(request: Request, asked: GetMyCommands) -> list[Json]:
    return request.bot.commands.get(_scope(request, asked), [])


@method(DeleteMyCommands)
def delete_my_commands(request: Request, asked: DeleteMyCommands) -> bool:
    request.bot.commands.pop(_scope(request, asked), None)
    return True


@method(SetMyName)
def set_my_name(request: Request, asked: SetMyName) -> bool:
    return _keep(request, "name", asked.name, asked.language_code, 64)


@method(GetMyName)
def get_my_name(request: Request, asked: GetMyName) -> Json:
    return {"name": _kept(request, "name", asked.language_code) or request.bot.first_name}


@method(SetMyDescription)
def set_my_description(request: Request, asked: SetMyDescription) -> bool:
    return _keep(request, "description", asked.description, asked.language_code, 512)


@method(GetMyDescription)
def get_my_description(request: Request, asked: GetMyDescription) -> Json:
    return {"description": _kept(request, "description", asked.language_code)}


@method(SetMyShortDescription)
def set_my_short_description(request: Request, asked: SetMyShortDescription) -> bool:
    return _keep(request, "short_description", asked.short_description, asked.language_code, 120)


@method(GetMyShortDescription)
def get_my_short_description(request: Request, asked: GetMyShortDescription) -> Json:
    return {"short_description": _kept(request, "short_description", asked.language_code)}


def _scope(request: Request, asked: SetMyCommands | GetMyCommands | DeleteMyCommands) -> str:
    """What a list is kept under: a scope of one chat belongs to that chat, which the bot has to know."""
    scope = asked.scope
    kind = scope.type if scope else "default"
    place = ""
    if isinstance(scope, OF_ONE_CHAT):
        place = str(listed(request, scope.chat_id).id)
    if isinstance(scope, BotCommandScopeChatMember):
        place += f":{scope.user_id}"
    return f"{kind}/{place}/{asked.language_code or ''}"


def _keep(request: Request, what: str, text: str | None, language: str | None, limit: int) -> bool:
    if text and len(text) > limit:
        raise strict(f"{what} is longer than {limit} characters")
    request.bot.texts[what, language or ""] = text or ""
    return True


def _kept(request: Request, what: str, language: str | None) -> str:
    texts = request.bot.texts
    return texts.get((what, language or "")) or texts.get((what, "")) or ""
