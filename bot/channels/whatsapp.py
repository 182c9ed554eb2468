"""WhatsApp through Meta's Cloud API: an approved template with our words as its two variables."""

from bot.channels.posting import Answer, JsonServer, NoAnswer
from bot.channels.whatsapp_refusals import refusal
from desk.formatted import cut
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

TITLE, TEXT = 100, 700
"""Characters of {{1}} and of {{2}}; with the template's own words they stay below WhatsApp's 1024."""
DIGITS = range(7, 16)
"""How many a telephone number with its country has."""
TOO_FAST = 60.0
"""Seconds to wait after a bare 429."""


class Whatsapp:
    """Sends from one telephone number of a company; `languages` are those the template was approved in."""

    def __init__(self, server: JsonServer, phone_id: str, template: str, languages: tuple[str, ...]) -> None:
        self._server, self._phone_id = server, phone_id
        self._template, self._languages = template, languages

    async def send(self, letter: Letter, address: str) -> LetterOutcome:
        """Send the template with the letter's words in it."""
        number = "".join(character for character in address if character.isdecimal())
        if len(number) not in DIGITS or not number.isascii():
            return NobodyThere("no telephone number")
        answer = await self._server.post(f"{self._phone_id}/messages", self._message(letter, number))
        return _outcome(answer)

    async def check(self) -> LetterOutcome:
        """Ask for the number's own name."""
        answer = await self._server.get(self._phone_id, {"fields": "verified_name"})
        if isinstance(answer, Answer) and answer.status == 200 and answer.fields.get("id") == self._phone_id:
            return LetterTaken()
        return _outcome(answer)

    async def close(self) -> None:
        """Close the connections."""
        await self._server.close()

    def _message(self, letter: Letter, number: str) -> dict[str, object]:
        text = cut(letter.plain, TEXT - len(letter.link) - 1)
        variables = [cut(letter.title, TITLE), f"{text} {letter.link}".strip()]
        parameters = [{"type": "text", "text": variable or "—"} for variable in variables]
        return {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": number,
            "type": "template",
            "template": {
                "name": self._template,
                "language": {"code": self._language(letter.language)},
                "components": [{"type": "body", "parameters": parameters}],
            },
        }

    def _language(self, wanted: str) -> str:
        """The template's language that is the letter's; else its first."""
        same = (code for code in self._languages if code.partition("_")[0] == wanted)
        return next(same, self._languages[0])


def _outcome(answer: Answer | NoAnswer) -> LetterOutcome:
    match answer:
        case NoAnswer():
            return answer.outcome
        case Answer(status=200, body={"messages": [{"id": str(message_id), **more}]}):
            # Meta holds a template back that too many people have refused.
            paused = more.get("message_status") == "paused"
            return LetterRefused("paused") if paused else LetterTaken(message_id)
        case Answer(body={"error": {"code": int(code)}}):
            return refusal(code)
        case Answer(status=429):
            return LetterLate("429", answer.retry_after or TOO_FAST)
        case Answer(status=status) if status >= 500:
            return LetterUncertain(str(status))
        case Answer(status=status) if status < 300:
            return LetterUncertain("an answer without sense")
    return ChannelBroken(str(answer.status))
