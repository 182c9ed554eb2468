"""The one way in for calls: check the token, let faults strike, keep the pace, carry out, write down."""

import asyncio
import inspect
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.accounts import BotAccount, Json
from sandbox.api.methods import find
from sandbox.api.registry import BotMethod, Remarked, Request, is_true
from sandbox.changes import Change
from sandbox.chats import Chat
from sandbox.content.files import Upload
from sandbox.errors import ApiError
from sandbox.faults import Fault
from sandbox.limits import is_counted
from sandbox.log import Call

if TYPE_CHECKING:
    from sandbox.world import World


@dataclass(frozen=True)
class Answer:
    """What goes back over the wire; `reset` means the connection breaks instead."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    reset: bool = False


async def knock(
    world: "World", token: str, name: str, params: Json, files: dict[str, Upload] | None = None
) -> Answer:
    """Carry out one Bot API call and answer it as Telegram would."""
    try:
        bot = world.bot_by_token(token)
        entry = find(name)
    except ApiError as error:
        return refused(error)
    call = Call(len(world.log), world.clock.now(), bot.id, entry.name, dict(params), _chat_id(world, params))
    world.log.add(call)
    fault = world.faults.strike(entry.name, params)
    call.fault = fault.name if fault else None
    if fault is None or fault.applied:
        await _carry_out(world, entry, call, Request(world, bot, params, files or {}))
    elif fault.error is not None:
        _note_error(call, fault.error)
    world.changes.tell(Change("call", None, None, {"call": call}))
    answer = _answer(call, fault)
    if fault and fault.hang:
        await asyncio.sleep(fault.hang)
    return answer


async def _carry_out(world: "World", entry: BotMethod, call: Call, request: Request) -> None:
    try:
        tenths = _spend(world, entry, call, request)
        result = entry.run(request)
        if inspect.isawaitable(result):
            result = await result
        call.result, call.applied = result, True
        request.bot.star_tenths -= tenths
    except ApiError as error:
        _note_error(call, error)
    call.ignored = tuple(request.ignored)


def _spend(world: "World", entry: BotMethod, call: Call, request: Request) -> int:
    """What the call costs if it succeeds, in tenths of a Star."""
    if not world.limits.enforced or not is_counted(entry.name):
        return 0
    chat = _paced_chat(world, request.bot, call.chat)
    if chat is None:
        return 0
    paid = is_true(request.params.get("allow_paid_broadcast"))
    return world.limits.spend(request.bot, chat, _messages(request.params), paid=paid)


def _paced_chat(world: "World", bot: BotAccount, chat_id: int | None) -> Chat | None:
    if chat_id is None:
        return None
    return world.groups.get(chat_id) or world.private.get((bot.id, chat_id))


def _messages(params: Json) -> int:
    """How many messages a call makes: albums and bulk copies count each of theirs."""
    several = params.get("media") or params.get("message_ids")
    if isinstance(several, str) and several.startswith("["):
        several = json.loads(several)
    return max(1, len(several)) if isinstance(several, list) else 1


def _chat_id(world: "World", params: Json) -> int | None:
    named = str(params.get("chat_id", ""))
    if named.startswith("@"):
        chat = world.by_username(named)
        return chat.id if chat else None
    try:
        return int(params["chat_id"])
    except (KeyError, ValueError, TypeError):
        return None


def _note_error(call: Call, error: ApiError) -> None:
    call.status, call.error = error.code, error.description
    call.result = error.parameters or None


def _answer(call: Call, fault: Fault | None) -> Answer:
    if fault is not None and fault.reset:
        return Answer(0, b"", reset=True)
    if fault is not None and fault.html is not None:
        return Answer(502, fault.html, {"Content-Type": "text/html"})
    answer = accepted(call.result) if call.ok else _refusal(call)
    if fault is not None and fault.truncated:
        return Answer(answer.status, answer.body[: len(answer.body) // 2], answer.headers)
    return answer


def accepted(result: Any) -> Answer:
    body: Json = {"ok": True, "result": result}
    if isinstance(result, Remarked):
        body = {"ok": True, "result": result.result, "description": result.description}
    return Answer(200, encoded(body))


def refused(error: ApiError) -> Answer:
    call = Call(0, 0.0, 0, "", {})
    _note_error(call, error)
    return _refusal(call)


def _refusal(call: Call) -> Answer:
    body: Json = {"ok": False, "error_code": call.status, "description": call.error}
    headers = {}
    if call.result:
        body["parameters"] = call.result
        if "retry_after" in call.result:
            headers["Retry-After"] = str(call.result["retry_after"])
    return Answer(call.status, encoded(body), headers)


def encoded(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
