"""Live locations: moved and stopped."""

from aiogram.methods import EditMessageLiveLocation, StopMessageLiveLocation

from sandbox.accounts import Json
from sandbox.api.editing import apply, editable
from sandbox.api.registry import Request, method
from sandbox.chats import Chat, Message
from sandbox.errors import ApiError, Refusal

TOLD = ("latitude", "longitude", "horizontal_accuracy", "heading", "proximity_alert_radius", "live_period")
MOVING = frozenset({"live_period", "heading", "proximity_alert_radius"})


@method(EditMessageLiveLocation)
def edit_message_live_location(request: Request, asked: EditMessageLiveLocation) -> Message:
    chat, message = _live(request, asked.chat_id, asked.message_id)
    told = {name: value for name in TOLD if (value := getattr(asked, name)) is not None}
    return apply(request, chat, message, {"location": message["location"] | told}, ("location",))


@method(StopMessageLiveLocation)
def stop_message_live_location(request: Request, asked: StopMessageLiveLocation) -> Message:
    chat, message = _live(request, asked.chat_id, asked.message_id)
    stands: Json = {name: value for name, value in message["location"].items() if name not in MOVING}
    return apply(request, chat, message, {"location": stands}, ("location",))


def _live(request: Request, chat_id: int | str | None, message_id: int | None) -> tuple[Chat, Message]:
    """A location of the bot's own that still moves."""
    chat, message = editable(request, chat_id, message_id)
    if not message.get("location", {}).get("live_period"):
        raise ApiError(Refusal.CANNOT_EDIT)
    return chat, message
