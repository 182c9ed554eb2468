"""reply_parameters: quotes, other chats, other topics."""

from sandbox.accounts import Json
from sandbox.api.access import chat_of
from sandbox.api.registry import Request
from sandbox.chats import Chat, Message
from sandbox.content.texts import text_of
from sandbox.errors import ApiError, Refusal, strict
from sandbox.replies import link, quote_of

KEPT_IN_QUOTES = {"bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji"}


def reply_of(request: Request, chat: Chat, thread: int | None) -> Json | None:
    """The reply fields a new message gets, from reply_parameters or the older spelling."""
    params = request.params.get("reply_parameters")
    if not params and request.params.get("reply_to_message_id"):
        params = {"message_id": int(request.params["reply_to_message_id"])}
        lenient = str(request.params.get("allow_sending_without_reply", "")).lower()
        params["allow_sending_without_reply"] = lenient in {"true", "1"}
    if not params:
        return None
    elsewhere = params.get("chat_id")
    source = chat if elsewhere is None or str(elsewhere) == str(chat.id) else chat_of(request, elsewhere)
    if params.get("message_id") is None:
        raise strict("reply_parameters needs a message_id")
    original = source.find(int(params["message_id"]))
    if original is None:
        if params.get("allow_sending_without_reply"):
            return None
        raise ApiError(Refusal.REPLY_NOT_FOUND)
    fields = link(source, original, chat, thread)
    if params.get("quote"):
        fields["quote"] = _quote(request, params, original)
    return fields


def _quote(request: Request, params: Json, original: Message) -> Json:
    text, entities = text_of(
        params["quote"],
        params.get("quote_parse_mode"),
        params.get("quote_entities"),
        request.world.accounts.get,
    )
    shown = [entity for entity in entities if entity["type"] in KEPT_IN_QUOTES]
    return quote_of(original, text, shown)
