"""Waiting until something in the world is so."""

import asyncio
from collections.abc import Callable

from sandbox import Customer, Manager, World
from sandbox.chats import Message
from sandbox.people.looking import buttons, words

PATIENCE = 30.0
"""Seconds within which what goes on behind the scene must be done, on a busy machine too."""


async def comes_true(world: World, claim: Callable[[], bool], within: float = 30) -> bool:
    """Whether it is so, or becomes so in time."""
    return claim() or await world.changes.until(lambda _: claim(), within) is not None


async def keeps_asking(someone: Customer | Manager, question: str, answer: str) -> Message:
    """What is made behind the scene takes a moment: somebody asks until they hear it, or see the button."""
    end = asyncio.get_running_loop().time() + PATIENCE
    while asyncio.get_running_loop().time() < end:
        asked = await someone.says(question)
        heard = await someone.sees("")
        while heard["message_id"] < asked["message_id"]:
            heard = await someone.sees("")
        if answer in words(heard) or answer in buttons(heard):
            return heard
    raise AssertionError(f"{someone.account.first_name} does not get {answer!r}")


async def newcomers_hear(customer: Callable[[str], Customer], question: str, answer: str) -> Message:
    """The same where an early question would call people: each time somebody new asks."""
    end, number = asyncio.get_running_loop().time() + PATIENCE, 0
    while asyncio.get_running_loop().time() < end:
        number += 1
        someone = customer(f"Гость {number}")
        await someone.says(question)
        heard = await someone.sees("")
        if answer in words(heard):
            return heard
    raise AssertionError(f"nobody gets {answer!r}")


async def is_no_longer_offered(someone: Customer | Manager, caption: str, *, under: str = "") -> None:
    """The same for a button of the greeting, or of a section: somebody starts anew until it is gone."""
    end = asyncio.get_running_loop().time() + PATIENCE
    while asyncio.get_running_loop().time() < end:
        await someone.starts()
        shown = await someone.sees("Здравствуйте")
        if under:
            await someone.presses(under)
            shown = await someone.sees("Выберите вопрос")
        if caption not in buttons(shown):
            return
    raise AssertionError(f"{someone.account.first_name} is still offered {caption!r}")
