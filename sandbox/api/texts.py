"""sendMessage."""

from aiogram.methods import SendMessage

from sandbox.accounts import Json
from sandbox.api.registry import Request, method
from sandbox.api.sending import envelope, send
from sandbox.chats import Message
from sandbox.content.texts import text_of
from sandbox.errors import ApiError, Refusal


@method(SendMessage)
def send_message(request: Request, asked: SendMessage) -> Message:
    to = envelope(request, asked.chat_id, asked.message_thread_id)
    return send(request, to, text_content(request, asked.text))


def text_content(request: Request, source: str) -> Json:
    """Text fields out of a request."""
    params = request.params
    if not source:
        raise ApiError(Refusal.TEXT_MISSING)
    text, entities = text_of(
        source, params.get("parse_mode"), params.get("entities"), request.world.accounts.get
    )
    if not text:
        raise ApiError(Refusal.TEXT_BLANK)
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    preview = params.get("link_preview_options")
    if not preview and str(params.get("disable_web_page_preview", "")).lower() in {"true", "1"}:
        preview = {"is_disabled": True}
    if preview:
        content["link_preview_options"] = preview
    return content
