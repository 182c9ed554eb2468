"""A modified Telegram client: it presses whatever it likes, on any message it can see."""

from sandbox import Customer
from sandbox.chats import Message
from sandbox.people.acting import answered, press


def says_of(message: Message, caption: str) -> str:
    """What the press of a button says."""
    rows = message["reply_markup"]["inline_keyboard"]
    return str(next(button["callback_data"] for row in rows for button in row if caption in button["text"]))


async def forges(person: Customer, data: str, on: Message) -> str | None:
    """A press of a button that was never shown; the toast that came back."""
    callback = press(person.world, person.chat, person.account, on, {"callback_data": data})
    assert callback is not None
    return await answered(person.world, callback, 5)
