"""Live locations: moved and stopped."""

from aiogram.methods import EditMessageLiveLocation, StopMessageLiveLocation

from sandbox.accounts import Json
from sandbox.api.editing import apply, editable
from sandbox.api.plainer import given, place_at
from sandbox.api.registry import Request, method
from sandbox.chats import Chat, Message
from sandbox.errors import ApiError, Refusal


@method(EditMessageLiveLocation)
def edit_message_live_location(request: Request, asked: EditMessageLiveLocation) -> Message:
    chat, message = _live(request, asked.chat_id, asked.message_id)
    moved: Json = message["location"] | place_at(asked.latitude, asked.longitude)
    extra = {"horizontal_accuracy": asked.horizontal_accuracy, "heading": asked.heading}
    extra |= {"proximity_alert_radius": asked.proximity_alert_radius, "live_period": asked.live_period}
    return apply(request, chat, message, {"location": moved | given(extra)}, ("location",))


@method(StopMessageLiveLocation)
def stop_message_live_location(request: Request, asked: StopMessageLiveLocation) -> Message:
    chat, message = _live(request, asked.chat_id, asked.message_id)
    stands = {
        name: value for name, value in message["location"].items() if name not in {"live_period", "heading"}
    }
    return apply(request, chat, message, {"location": stands}, ("location",))


def _live(request: Request, chat_id: int | str | None, message_id: int | None) -> tuple[Chat, Message]:
    """A location of the bot's own that still moves."""
    chat, message = editable(request, chat_id, message_id)
    if not message.get("location", {}).get("live_period"):
        raise ApiError(Refusal.CANNOT_EDIT)
    return chat, message
