"""Handlers of presses under a survey."""

from aiogram import Router
from aiogram.types import CallbackQuery, User

from handlers.filters import Pressed, Private
from handlers.reading import person
from handlers.work import Rooms, Work


def build() -> Router:
    """The surveys' router."""
    router = Router(name="survey")
    router.callback_query.filter(Private())
    router.callback_query.register(rated, Pressed("rate", numbers=("survey", "grade")))
    router.callback_query.register(came_back, Pressed("back", numbers=("ticket",)))
    router.callback_query.register(not_a_comment, Pressed("comment", numbers=("survey",)))
    return router


async def rated(
    callback_query: CallbackQuery, event_from_user: User, survey: int, grade: int, message_id: int
) -> Work:
    """A press on one of the five ratings."""
    someone = person(event_from_user, callback_query.message)
    return lambda rooms: rooms.ratings.rate(someone, survey, grade, message_id)


async def came_back(callback_query: CallbackQuery, event_from_user: User, ticket: int) -> Work:
    """A press that reopens the ticket."""

    def work(rooms: Rooms) -> None:
        rooms.triage.came_back(person(event_from_user, callback_query.message), ticket)

    return work


async def not_a_comment(
    callback_query: CallbackQuery, event_from_user: User, survey: int, message_id: int
) -> Work:
    """A press that turns a comment into a question."""
    someone = person(event_from_user, callback_query.message)

    def work(rooms: Rooms) -> None:
        asked = rooms.ratings.not_a_comment(someone, survey, message_id)
        if asked is not None:
            rooms.triage.ask_again(someone, asked)

    return work
