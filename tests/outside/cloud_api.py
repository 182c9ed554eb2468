"""Meta's Cloud API for WhatsApp, as its documents have it: templates sent from one telephone number."""

import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.outside.standing import StandIn, json_of, unfit

MESSAGE = {
    "messaging_product": {"whatsapp"},
    "recipient_type?": {"individual"},
    "to": str,
    "type": {"template"},
    "template": {
        "name": str,
        "language": {"code": str, "policy?": {"deterministic"}},
        "components?": [
            {"type": {"header", "body"}, "parameters": [{"type": {"text"}, "text": str}]},
        ],
    },
}
UNFIT_VARIABLE = re.compile(r"[\n\r\t]| {5,}")
BODY = 1024


@dataclass
class CloudApi:
    """One number with its approved templates: by name and language, how many variables the body has."""

    token: str = "EAAsample"
    phone_id: str = "106540352242922"
    version: str = "v25.0"
    templates: dict[tuple[str, str], int] = field(default_factory=lambda: {("incident", "ru"): 2})
    absent: set[str] = field(default_factory=set)
    status: str = "accepted"
    sent: list[dict[str, Any]] = field(default_factory=list)

    def stand_in(self) -> StandIn:
        """The server."""
        return StandIn(self._answer)

    async def _answer(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return error(190, "Invalid OAuth access token - Cannot parse access token", 401)
        if request.path == f"/{self.version}/{self.phone_id}" and request.method == "GET":
            return web.json_response({"verified_name": "Sample", "id": self.phone_id})
        if request.path != f"/{self.version}/{self.phone_id}/messages" or request.method != "POST":
            return error(100, "Unsupported request - method type or object does not exist", 400)
        return self._send(await json_of(request))

    def _send(self, said: Any) -> web.Response:
        wrong = unfit(said, MESSAGE)
        if wrong is not None:
            return error(100, f"Invalid parameter {wrong}", 400)
        if not re.fullmatch(r"\+?\d{7,15}", said["to"]):
            return error(131009, "Parameter value is not valid", 400)
        template = said["template"]
        wanted = self.templates.get((template["name"], template["language"]["code"]))
        if wanted is None:
            return error(132001, "Template name does not exist in the translation", 404)
        body = [part for part in template.get("components", []) if part["type"] == "body"]
        variables = [each["text"] for part in body for each in part["parameters"]]
        if len(variables) != wanted:
            return error(132000, "Number of parameters does not match the expected number of params", 400)
        if any(not text.strip() or UNFIT_VARIABLE.search(text) for text in variables):
            return error(132018, "Param text cannot have new-line/tab characters or many spaces", 400)
        if sum(map(len, variables)) > BODY:
            return error(132005, "Translated text too long", 400)
        if said["to"].lstrip("+") in self.absent:
            return error(131026, f"Message undeliverable to {said['to']}", 400)
        self.sent.append(said)
        return self._taken(said["to"])

    def _taken(self, to: str) -> web.Response:
        message = {"id": f"wamid.sample{len(self.sent)}", "message_status": self.status}
        contact = {"input": to, "wa_id": to.lstrip("+")}
        return web.json_response(
            {"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]}
        )


def error(code: int, message: str, status: int) -> web.Response:
    """A refusal as the Graph API words it."""
    said = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, "fbtrace_id": "A1"}
    return web.json_response({"error": said}, status=status)


def receipt(phone_id: str, message_id: str, status: str, code: int | None = None) -> dict[str, Any]:
    """What Meta posts to a webhook about a message, as its documents show it."""
    told: dict[str, Any] = {
        "id": message_id,
        "status": status,
        "timestamp": "1764244800",
        "recipient_id": "79990000001",
    }
    if code is not None:
        title = "Message undeliverable"
        data = {"details": "Message Undeliverable."}
        told["errors"] = [{"code": code, "title": title, "message": title, "error_data": data}]
    number = {"display_phone_number": "79990000000", "phone_number_id": phone_id}
    value = {"messaging_product": "whatsapp", "metadata": number, "statuses": [told]}
    changes = [{"value": value, "field": "messages"}]
    return {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": changes}]}
