"""The next call for a run in Telegram: a topic made or reopened, a card, and then the run itself.

A run may need a topic made, a closed one reopened, or the card put at its head before its own call; each of
these is a step that leaves its trace in the database, and the next pick of the stream finds it there.
"""

from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

from bot.engine.front import Step
from bot.rooms.desk_rooms import DeskRooms
from bot.telegram import render
from bot.telegram.addressing import addressed
from bot.telegram.carrying import PIECE, CarrySteps
from bot.telegram.context import TelegramContext, TopicNow
from bot.telegram.lighter import Rung, SendOptions, lighter
from bot.telegram.uploads import Call
from desk import post
from desk.content import CAPTION_LIMIT, TEXT_LIMIT, Content
from desk.formatted import bare, between, good_end
from desk.own_mark import marked
from desk.placement import Placement
from desk.poll_bodies import AskPoll, ClosePoll
from desk.profile import DeskPlaces
from tickets.card import card_of
from tickets.ticket import Place
from tickets.topics.title import shown

MARK_ROOM = 2
"""The characters that the mark and the space behind it take."""


def next_step(context: TelegramContext, places: DeskPlaces, options: SendOptions) -> Step:
    """The next call for a run, without what its options leave out."""
    step = _whole_step(context, places, options)
    return step if step.call is None else replace(step, call=lighter(step.call, options))


def _whole_step(context: TelegramContext, places: DeskPlaces, options: SendOptions) -> Step:
    topic = context.topic
    if topic is not None:
        before = _before(context, topic, places, options)
        if before is not None:
            return before
    carrying = CarrySteps(context, places, options)
    match context.parcel.body:
        case post.ShowCard() | post.ShowTitle() as body:
            return _about_topic(body, context, places)
        case post.Carry() as body:
            return carrying.carry(body)
        case post.Amend(kept_id=kept_id, with_file=with_file, suggest=suggest):
            return carrying.amend(post.Carry(kept_id=kept_id, suggest=suggest), media=with_file)
        case post.React(emoji=emoji):
            reaction = {"method": "setMessageReaction", "reaction": render.reaction(emoji)}
            return _about_copy(context, reaction)
        case post.Erase():
            return _erase(context)
        case AskPoll() | ClosePoll() | post.CloseTopic() as body:
            return Step(addressed(render.bare_call(body), context, places))
        case post.Say() | post.Rewrite() | post.Rebutton() | post.Mark() as body:
            return _spoken(body, context, places, options)


def _before(
    context: TelegramContext, topic: TopicNow, places: DeskPlaces, options: SendOptions
) -> Step | None:
    """The step that must come before the run's own: a topic, or the card at its head."""
    body = context.parcel.body
    if places.forum is False and not topic.header:
        return Step(None, last=False)  # the group has lost its topics since this was read: it is read anew
    carries, says = isinstance(body, post.Carry), isinstance(body, post.Say)
    wants_card = topic.ticket_id is not None and topic.card_at is None
    if places.forum is not False and (carries or says or (isinstance(body, post.ShowCard) and wants_card)):
        if topic.topic is None or topic.thread_id is None:
            return _make_topic(context, topic, options)
        if topic.topic.closed:
            return _reopen_topic(context, topic.customer_id, topic.thread_id)
    if carries and wants_card and Rung.UNANNOUNCED not in options:
        return replace(_card(context, topic, places), last=False)
    return None


def _about_topic(body: post.ShowCard | post.ShowTitle, context: TelegramContext, places: DeskPlaces) -> Step:
    """The step for the card or the title of a customer's topic."""
    if context.topic is None:
        return Step(None)
    return (_card if isinstance(body, post.ShowCard) else _title)(context, context.topic, places)


def _make_topic(context: TelegramContext, topic: TopicNow, options: SendOptions) -> Step:
    customer_id, chat_id = topic.customer_id, context.chat_id
    title = f"№ {customer_id}" if Rung.UNNAMED in options else topic.title

    def keep(rooms: DeskRooms, result: Any) -> None:
        rooms.stores.topics.made(customer_id, chat_id, result["message_thread_id"], title)
        rooms.shared.group.forum(yes=True)

    call = {"method": "createForumTopic", "chat_id": chat_id, "name": shown(title)}
    return Step(call, keep, last=False)


def _reopen_topic(context: TelegramContext, customer_id: int, thread_id: int) -> Step:
    chat_id = context.chat_id

    def keep(rooms: DeskRooms, _: Any) -> None:
        rooms.stores.topics.shut(chat_id, thread_id, closed=False)

    call = {"method": "reopenForumTopic", "chat_id": chat_id, "message_thread_id": thread_id}
    return Step(call, keep, last=False)


def _card(context: TelegramContext, topic: TopicNow, places: DeskPlaces) -> Step:
    """Put the card up, or bring it up to date where it stands."""
    ticket_id, card, stands = topic.ticket_id, topic.card, topic.card_at
    if card is None or ticket_id is None:
        return Step(None)
    if stands is not None:
        body = post.rewrite(stands.message_id or 0, marked(card.html), card.rows)
        return Step({**render.spoken(body), "chat_id": stands.chat_id})
    subject, chat_id = card_of(ticket_id), context.chat_id

    def keep(rooms: DeskRooms, result: Any) -> None:
        rooms.stores.placements.put(subject, Placement(chat_id, result["message_id"]))
        if places.forum is False:
            _answerable(context, topic, rooms, result)

    return Step(addressed(render.spoken(post.say(marked(card.html), card.rows)), context, places), keep)


def _spoken(
    body: post.Say | post.Rewrite | post.Rebutton | post.Mark,
    context: TelegramContext,
    places: DeskPlaces,
    options: SendOptions,
) -> Step:
    """The step for a message of ours; where there are no topics, a header names the customer."""
    topic, left = context.topic, None
    header = "" if topic is None or places.forum is not False else f"<b>{escape(topic.header)}</b>\n"
    if isinstance(body, post.Say | post.Rewrite):
        body, left = _shortened(body, options, room=len(header) + MARK_ROOM)
    if topic is not None and isinstance(body, post.Say):
        body = replace(body, html=marked(body.html))
    if topic is None or not header or not isinstance(body, post.Say):
        return Step(addressed(render.spoken(body), context, places), last=left is None, left=left)
    call = addressed(render.spoken(replace(body, html=header + body.html)), context, places)
    return Step(call, partial(_answerable, context, topic), last=left is None, left=left)


def _shortened(
    body: post.Say | post.Rewrite, options: SendOptions, *, room: int
) -> tuple[post.Say | post.Rewrite, post.Say | None]:
    """As much of our words as may stand in one message, and what is left, with the buttons."""
    if Rung.ANEW in options and isinstance(body, post.Rewrite):
        body = post.Say(html=body.html, rows=body.rows, media=body.media)
    limit = (CAPTION_LIMIT if body.media else TEXT_LIMIT) - room if Rung.CUT in options else None
    limit = PIECE if Rung.PIECES in options else limit
    length = len(bare(body.html))
    if limit is None or length <= limit:
        return body, None
    end = good_end(bare(body.html), limit)
    left = post.Say(html=between(body.html, end, length), rows=body.rows)
    return replace(body, html=between(body.html, 0, end), rows=()), left


def _answerable(context: TelegramContext, topic: TopicNow, rooms: DeskRooms, result: Any) -> None:
    """Keep a card or a line of ours as a message: without topics, operators answer by replying to it."""
    rooms.stores.messages.keep(
        customer_id=topic.customer_id,
        ticket_id=topic.ticket_id,
        author="bot",
        content=Content(),
        at=rooms.now,
        original=Place(context.chat_id, result["message_id"]),
    )


def _title(context: TelegramContext, topic: TopicNow, places: DeskPlaces) -> Step:
    """Rename the topic if its title says something else."""
    stands, customer_id, title = topic.topic, topic.customer_id, topic.title
    if stands is None or stands.thread_id is None or places.forum is False or stands.title == title:
        return Step(None)
    call = {
        "method": "editForumTopic",
        "chat_id": stands.chat_id,
        "message_thread_id": stands.thread_id,
        "name": shown(title),
    }

    def keep(rooms: DeskRooms, _: Any) -> None:
        if not rooms.stores.topics.rename(customer_id, title, stood=stands.title):
            customer = rooms.stores.customers.get(customer_id)
            rooms.matters.handling.retitle(customer)  # somebody has renamed it meanwhile

    return Step(call, keep)


def _erase(context: TelegramContext) -> Step:
    """The step that deletes the copy, all parts of it if it came in several."""
    ids = [place.telegram_id for place in context.places.copies]
    if len(ids) < 2:
        return _about_copy(context, {"method": "deleteMessage"})
    return Step({"method": "deleteMessages", "chat_id": context.chat_id, "message_ids": sorted(ids)})


def _about_copy(context: TelegramContext, call: Call) -> Step:
    """The step for a reaction on a message in that chat, or for deleting the copy."""
    if not context.places.copies:
        return Step(None)
    copy = context.places.copies[-1]
    return Step({**call, "chat_id": context.chat_id, "message_id": copy.telegram_id})
