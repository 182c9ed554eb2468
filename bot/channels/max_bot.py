"""MAX, the Russian messenger, through its bot API."""

from html import escape

from bot.channels.markup import with_tags
from bot.channels.posting import Answer, JsonServer, NoAnswer
from desk.formatted import between, cut, length_of
from desk.letters.letter import (
    ChannelBroken,
    Letter,
    LetterLate,
    LetterOutcome,
    LetterRefused,
    LetterTaken,
    LetterUncertain,
    NobodyThere,
)

LIMIT, TITLE = 4000, 200
"""Characters of a message, its marks among them, and of its first line."""
MARKS = frozenset({"b", "strong", "i", "em", "u", "ins", "s", "del", "a", "code", "pre"})
NO_SENSE, TOO_FAST = 60.0, 5.0
"""Seconds to wait after a server that says it is ill, and after a bare 429."""


class MaxBot:
    """Writes as a bot of MAX; a person's address is their user id, known once they have started it."""

    def __init__(self, server: JsonServer) -> None:
        self._server = server

    async def send(self, letter: Letter, address: str) -> LetterOutcome:
        """Send the letter as one message."""
        if not (address.isascii() and address.isdigit()):
            return NobodyThere("no user id")
        body = {"text": _text(letter), "format": "html", "notify": True}
        return _outcome(await self._server.post("messages", body, {"user_id": address}))

    async def check(self) -> LetterOutcome:
        """Ask who the bot is."""
        answer = await self._server.get("me")
        known = isinstance(answer, Answer) and answer.status == 200 and "user_id" in answer.fields
        return LetterTaken() if known else _outcome(answer)

    async def close(self) -> None:
        """Close the connections."""
        await self._server.close()


def _text(letter: Letter) -> str:
    """Title, text, link and the way out; the text is cut where all would be too long with its marks."""
    title, link = f"<b>{escape(cut(letter.title, TITLE), quote=False)}</b>", letter.link
    leaving = escape(f"{letter.leaving} {letter.unsubscribe}".strip() if letter.leaving else "", quote=False)
    room = LIMIT - len(title) - len(link) - len(leaving) - 6
    text, shown = with_tags(letter.html, MARKS), length_of(letter.html)
    while len(text) > room and shown:
        shown = max(0, shown * room // len(text) - 1)
        text = with_tags(between(letter.html, 0, shown), MARKS) + "…"
    return "\n\n".join(part for part in (title, text, link, leaving) if part)


def _outcome(answer: Answer | NoAnswer) -> LetterOutcome:
    match answer:
        case NoAnswer():
            return answer.outcome
        case Answer(status=200, body={"message": {"body": {"mid": str(message_id)}}}):
            return LetterTaken(message_id)
        case Answer(status=429):
            return LetterLate("429", answer.retry_after or TOO_FAST)
        case Answer(status=status, body={"code": str()}) if status >= 500:
            return LetterLate(str(status), NO_SENSE)
        case Answer(status=status) if status >= 500 or status < 300:
            return LetterUncertain(str(status))
        case Answer(status=401 | 405):
            return ChannelBroken(str(answer.status))
        case Answer(status=403 | 404, body={"code": str()}):
            return NobodyThere(str(answer.status))
        case Answer(status=400, body={"code": str()}):
            return LetterRefused("400")
    return ChannelBroken(str(answer.status))
