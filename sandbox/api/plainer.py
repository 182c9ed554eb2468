"""Messages without files: location, venue, contact, dice, and the chat action."""

from aiogram.methods import (
    SendChatAction,
    SendContact,
    SendDice,
    SendLocation,
    SendVenue,
)

from sandbox.accounts import Json
from sandbox.api.access import reached, thread_of, writable
from sandbox.api.registry import Request, method
from sandbox.api.sending import envelope, permitted, send
from sandbox.chats import Message
from sandbox.content import samples
from sandbox.errors import ApiError, Refusal, strict

ACTIONS = frozenset(
    str.split(
        "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
        "choose_sticker find_location record_video_note upload_video_note"
    )
)


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


@method(SendChatAction)
def send_chat_action(request: Request, asked: SendChatAction) -> bool:
    if asked.action not in ACTIONS:
        raise ApiError(Refusal.WRONG_ACTION)
    chat = writable(request, asked.chat_id)
    thread_of(request, chat, asked.message_thread_id)
    permitted(request, chat, {})
    reached(chat)
    request.world.limits.act(request.bot.id, chat)
    return True


def _place(latitude: float, longitude: float) -> Json:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise strict("no such place on Earth")
    return {"latitude": latitude, "longitude": longitude}


def _given(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value is not None}
