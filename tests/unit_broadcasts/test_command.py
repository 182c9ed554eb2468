"""What a manager wrote after /broadcast: the severity, and the rest with its formatting."""

from datetime import UTC, datetime

import pytest
from aiogram.types import Chat, Message, MessageEntity

from broadcasts.incident import Severity
from handlers.managers import ManagerCommand
from tests.managers import ANNA, PRIVATE
from tests.unit_broadcasts.newsroom import Newsroom


def written(text: str, *entities: tuple[str, int, int]) -> Message:
    return Message(
        message_id=1,
        date=datetime(2026, 11, 20, tzinfo=UTC),
        chat=Chat(id=1001, type="private"),
        text=text,
        entities=[MessageEntity(type=kind, offset=start, length=length) for kind, start, length in entities],
    )


@pytest.mark.parametrize(
    ("text", "severity", "html"),
    [
        ("/broadcast", None, ""),
        ("/broadcast red", Severity.RED, ""),
        ("/broadcast RED  Нет входа", Severity.RED, "Нет входа"),
        ("/Broadcast\nжёлтый\nНет входа,\n  но ненадолго", Severity.YELLOW, "Нет входа,\n  но ненадолго"),
        ("/broadcast 🟢 1 < 2 & 3", Severity.GREEN, "1 &lt; 2 &amp; 3"),
        ("/broadcast Нет входа", None, "Нет входа"),
        ("/broadcast broadcast red", None, "broadcast red"),
    ],
)
async def test_severity_and_text(newsroom: Newsroom, text: str, severity: Severity | None, html: str) -> None:
    assert await drafted(newsroom, written(text)) == (severity, html)


async def test_formatting_is_cut_where_the_text_is(newsroom: Newsroom) -> None:
    text = "/broadcast 🔴 Нет 🛠 входа"
    message = written(text, ("bot_command", 0, 10), ("bold", 11, 9), ("italic", 21, 5))
    assert await drafted(newsroom, message) == (Severity.RED, "<b>Нет 🛠</b> <i>входа</i>")


@pytest.mark.parametrize("text", ["/broadcasting red Нет входа", "broadcast red", "/incident"])
async def test_other_words_are_another_matter(text: str) -> None:
    assert await ManagerCommand({"broadcast", "incidents"})(written(text)) is False


async def drafted(newsroom: Newsroom, message: Message) -> tuple[Severity | None, str]:
    """The severity and the text of what a manager is about to publish after this command."""
    found = await ManagerCommand({"broadcast"})(message)
    assert isinstance(found, dict)
    newsroom.side.command(ANNA, PRIVATE, found["command"])
    draft = newsroom.drafts.of(ANNA.telegram_id, PRIVATE.chat_id)
    assert draft is not None
    return draft.severity, draft.text or ""
