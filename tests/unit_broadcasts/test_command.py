"""What a manager wrote after /broadcast: the severity, and the rest with its formatting."""

from datetime import UTC, datetime

import pytest
from aiogram.types import Chat, Message, MessageEntity

from broadcasts.incident import Severity
from handlers.manager import Announced
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
    assert await Announced()(written(text), newsroom.profile) == {"severity": severity, "html": html}


async def test_formatting_is_cut_where_the_text_is(newsroom: Newsroom) -> None:
    text = "/broadcast 🔴 Нет 🛠 входа"
    message = written(text, ("bot_command", 0, 10), ("bold", 11, 9), ("italic", 21, 5))
    found = await Announced()(message, newsroom.profile)
    assert found == {"severity": Severity.RED, "html": "<b>Нет 🛠</b> <i>входа</i>"}


@pytest.mark.parametrize("text", ["/broadcasting red Нет входа", "broadcast red", "/incidents"])
async def test_other_words_are_another_matter(newsroom: Newsroom, text: str) -> None:
    assert await Announced()(written(text), newsroom.profile) is False
