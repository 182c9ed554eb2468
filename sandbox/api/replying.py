"""reply_parameters: quotes, other chats, other topics."""

from dataclasses import dataclass

from sandbox.accounts import Json
from sandbox.api.access import readable
from sandbox.api.registry import Request, is_true
from sandbox.chats import Chat, Message
from sandbox.content.texts import Draft, read
from sandbox.errors import ApiError, Refusal, strict
from sandbox.replies import link, quote_of

KEPT_IN_QUOTES = {"bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji"}


@dataclass(frozen=True)
class AskedReply:
    """What a bot wants to answer, read but not yet looked for."""

    message_id: int
    chat_id: int | str | None = None
    lenient: bool = False
    quote: Draft | None = None


def asked_reply(request: Request) -> AskedReply | None:
    """Out of reply_parameters or the older spelling; no id, zero or less is no reply at all."""
    params = request.params.get("reply_parameters")
    if not params:
        number = int(request.params.get("reply_to_message_id") or 0)
        lenient = is_true(request.params.get("allow_sending_without_reply"))
        return AskedReply(number, lenient=lenient) if number > 0 else None
    if params.get("message_id") is None:
        raise strict("reply_parameters needs a message_id")
    quote = None
    if params.get("quote"):
        quote = read(params["quote"], params.get("quote_parse_mode"), params.get("quote_entities"))
    number = int(params["message_id"])
    lenient = is_true(params.get("allow_sending_without_reply"))
    return AskedReply(number, params.get("chat_id"), lenient, quote) if number > 0 else None


def reply_of(request: Request, asked: AskedReply | None, chat: Chat, thread: int | None) -> Json | None:
    """The reply fields a new message gets."""
    if asked is None:
        return None
    here = asked.chat_id in {None, ""} or str(asked.chat_id) == str(chat.id)
    source = chat if here else readable(request, asked.chat_id or "")
    original = source.find(asked.message_id)
    if original is None:
        if asked.lenient:
            return None
        raise ApiError(Refusal.REPLY_NOT_FOUND)
    fields = link(source, original, chat, thread)
    if asked.quote is not None:
        fields["quote"] = _quote(request, asked.quote, original)
    return fields


def _quote(request: Request, draft: Draft, original: Message) -> Json:
    text, entities = draft.settled(request.world.accounts.get)
    shown = [entity for entity in entities if entity["type"] in KEPT_IN_QUOTES]
    return quote_of(original, text, shown)
