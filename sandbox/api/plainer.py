"""Messages without files: location, venue, contact, poll, dice, and the chat action."""

from aiogram.methods import (
    SendChatAction,
    SendContact,
    SendDice,
    SendLocation,
    SendPoll,
    SendVenue,
    StopPoll,
)

from sandbox.accounts import Json
from sandbox.api.access import message_of, thread_of, writable
from sandbox.api.editing import apply, editable
from sandbox.api.registry import Request, method
from sandbox.api.sending import envelope, send
from sandbox.chats import Message
from sandbox.content import samples
from sandbox.errors import ApiError, Refusal, strict

ACTIONS = frozenset(
    str.split(
        "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
        "choose_sticker find_location record_video_note upload_video_note"
    )
)
QUESTION_MAX, OPTION_MAX = 300, 100
OPTIONS_MOST = 12


@method(SendLocation)
def send_location(request: Request, asked: SendLocation) -> Message:
    to = envelope(request, asked.chat_id, asked.message_thread_id)
    extra = {"horizontal_accuracy": asked.horizontal_accuracy, "live_period": asked.live_period}
    extra |= {"heading": asked.heading, "proximity_alert_radius": asked.proximity_alert_radius}
    return send(request, to, {"location": _place(asked.latitude, asked.longitude) | _given(extra)})


@method(SendVenue)
def send_venue(request: Request, asked: SendVenue) -> Message:
    to = envelope(request, asked.chat_id, asked.message_thread_id)
    place = _place(asked.latitude, asked.longitude)
    extra = {"foursquare_id": asked.foursquare_id, "google_place_id": asked.google_place_id}
    venue = {"location": place, "title": asked.title, "address": asked.address} | _given(extra)
    return send(request, to, {"venue": venue, "location": place})


@method(SendContact)
def send_contact(request: Request, asked: SendContact) -> Message:
    to = envelope(request, asked.chat_id, asked.message_thread_id)
    contact = {"phone_number": asked.phone_number, "first_name": asked.first_name}
    return send(
        request, to, {"contact": contact | _given({"last_name": asked.last_name, "vcard": asked.vcard})}
    )


@method(SendDice)
def send_dice(request: Request, asked: SendDice) -> Message:
    to = envelope(request, asked.chat_id, asked.message_thread_id)
    emoji = asked.emoji or "🎲"
    if emoji not in samples.DICE:
        raise strict(f"no dice {emoji!r}")
    return send(request, to, samples.dice(request.world, emoji))


@method(SendPoll)
def send_poll(request: Request, asked: SendPoll) -> Message:
    options = [option if isinstance(option, str) else option.text for option in asked.options]
    if not 1 <= len(asked.question) <= QUESTION_MAX:
        raise strict(f"a poll's question has 1 to {QUESTION_MAX} characters")
    if not 1 <= len(options) <= OPTIONS_MOST or not all(1 <= len(o) <= OPTION_MAX for o in options):
        raise strict(f"a poll has 1 to {OPTIONS_MOST} options of 1 to {OPTION_MAX} characters")
    to = envelope(request, asked.chat_id, asked.message_thread_id)
    content = samples.poll(request.world, asked.question, tuple(options))
    content["poll"] |= {
        "is_anonymous": asked.is_anonymous is not False,
        "allows_multiple_answers": bool(asked.allows_multiple_answers),
        "is_closed": bool(asked.is_closed),
        "type": asked.type or "regular",
    }
    if asked.type == "quiz":
        if not asked.correct_option_ids:
            raise strict("a quiz knows its right answer")
        content["poll"] |= {"correct_option_ids": asked.correct_option_ids}
        content["poll"] |= _given({"explanation": asked.explanation})
    return send(request, to, content)


@method(StopPoll)
def stop_poll(request: Request, asked: StopPoll) -> Json:
    chat, message = editable(request, asked.chat_id, asked.message_id)
    if "poll" not in message or message["poll"]["is_closed"]:
        raise ApiError(Refusal.CANNOT_EDIT)
    apply(request, chat, message, {"poll": message["poll"] | {"is_closed": True}}, ("poll",))
    poll: Json = message_of(chat, asked.message_id, Refusal.EDIT_NOT_FOUND)["poll"]
    return poll


@method(SendChatAction)
def send_chat_action(request: Request, asked: SendChatAction) -> bool:
    if asked.action not in ACTIONS:
        raise ApiError(Refusal.WRONG_ACTION)
    chat = writable(request, asked.chat_id)
    thread_of(request, chat, asked.message_thread_id)
    request.world.limits.act(request.bot.id, chat)
    return True


def _place(latitude: float, longitude: float) -> Json:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise strict("no such place on Earth")
    return {"latitude": latitude, "longitude": longitude}


def _given(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value is not None}
