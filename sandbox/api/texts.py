"""sendMessage."""

from aiogram.methods import SendMessage

from sandbox.accounts import Json
from sandbox.api.registry import Request, is_true, method
from sandbox.api.sending import envelope, send
from sandbox.chats import Message
from sandbox.content.texts import Draft, read
from sandbox.errors import ApiError, Refusal


@method(SendMessage)
def send_message(request: Request, asked: SendMessage) -> Message:
    draft = text_read(request, asked.text)
    to = envelope(request, asked.chat_id, asked.message_thread_id)
    return send(request, to, text_content(request, draft))


def text_read(request: Request, source: str) -> Draft:
    """The text as it can be read before anything else is looked at."""
    if not source:
        raise ApiError(Refusal.TEXT_MISSING)
    return read(source, request.params.get("parse_mode"), request.params.get("entities"))


def text_content(request: Request, draft: Draft) -> Json:
    """Text fields out of what was read."""
    params = request.params
    text, entities = draft.settled(request.world.accounts.get, fancy=request.bot.fancy)
    if not text:
        raise ApiError(Refusal.TEXT_BLANK)
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    preview = params.get("link_preview_options")
    if not preview and is_true(params.get("disable_web_page_preview")):
        preview = {"is_disabled": True}
    if preview:
        content["link_preview_options"] = preview
    return content
