"""MAX's bot API, as dev.max.ru has it: who am I, and a message to one person."""

import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.outside.standing import StandIn, json_of, unfit

MESSAGE = {
    "text": str,
    "format?": {"html", "markdown"},
    "notify?": bool,
    "attachments?": [dict],
    "link?": dict,
}
LIMIT = 4000
KNOWN_TAGS = frozenset({"i", "em", "b", "strong", "del", "s", "ins", "u", "a", "pre", "code", "mark", "h1"})
"""MAX takes all others away without a word; here they are refused."""
TAG = re.compile(r"</?([a-z0-9-]+)")


@dataclass
class MaxApi:
    """One bot and the people who have started it; some have stopped it since."""

    token: str = "sample-max-token"
    people: set[int] = field(default_factory=set)
    stopped: set[int] = field(default_factory=set)
    sent: list[tuple[int, dict[str, Any]]] = field(default_factory=list)

    def stand_in(self) -> StandIn:
        """The server."""
        return StandIn(self._answer)

    async def _answer(self, request: web.Request) -> web.Response:
        if "access_token" in request.query or request.headers.get("Authorization") != self.token:
            return error("verify.token", "Invalid access_token", 401)
        if request.path == "/me" and request.method == "GET":
            return web.json_response(
                {"user_id": 1, "first_name": "Sample", "is_bot": True, "last_activity_time": 0}
            )
        if request.path == "/messages" and request.method == "POST":
            return self._send(request, await json_of(request))
        return error("not.found", f"Path {request.path} is not recognized", 404)

    def _send(self, request: web.Request, said: Any) -> web.Response:
        unknown = set(request.query) - {"user_id", "chat_id", "disable_link_preview"}
        if unknown or not re.fullmatch(r"\d{1,19}", request.query.get("user_id", "")):
            return error("proto.payload", "Unknown recipient", 400)
        wrong = unfit(said, MESSAGE)
        if wrong is not None or not 0 < len(said["text"]) <= LIMIT:
            return error("proto.payload", f"{wrong or 'text'}: size must be between 0 and {LIMIT}", 400)
        if said.get("format") == "html" and set(TAG.findall(said["text"])) - KNOWN_TAGS:
            return error("proto.payload", "text: unknown tag", 400)  # MAX would drop it without a word
        person = int(request.query["user_id"])
        if person in self.stopped:
            return error("chat.denied", "error.dialog.suspended", 403)
        if person not in self.people:
            return error("dialog.not.found", f"Dialog with {person} not found", 404)
        self.sent.append((person, said))
        return web.json_response({"message": self._message(person, said)})

    def _message(self, person: int, said: dict[str, Any]) -> dict[str, Any]:
        body = {"mid": f"mid.sample{len(self.sent)}", "seq": len(self.sent), "text": said["text"]}
        recipient = {"chat_id": 7, "chat_type": "dialog", "user_id": person}
        return {"recipient": recipient, "timestamp": 1795000000000, "body": body}


def error(code: str, message: str, status: int) -> web.Response:
    """A refusal as MAX words it."""
    return web.json_response({"code": code, "message": message}, status=status)
