"""A real SMTP server, aiosmtpd's, with people who have mailboxes there and troubles it is told to have."""

import asyncio
import ssl
import warnings
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

HERE = Path(__file__).parent
CERTIFICATE = HERE / "localhost.pem"
USER, PASSWORD = "sample", "pa55 word/@"
DROP, HANG = "drop", "hang"


class _Serving(SMTP):
    hung_up: asyncio.Event

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.hung_up.set()


@dataclass
class PostOffice:
    """Receives e-mail on this machine. `security` is "starttls", "tls" or "none".

    `says` maps a command, as "RCPT anna@example.com" or "DATA", to the answers of its next times: a line of
    SMTP, or DROP, or HANG.
    """

    security: str = "none"
    login: bool = False
    says: dict[str, list[str]] = field(default_factory=dict)
    received: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    connections: list[SMTP] = field(default_factory=list)
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0
    _server: asyncio.Server | None = None
    _ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aenter__(self) -> "PostOffice":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE, HERE / "localhost.key")
        around = context if self.security == "tls" else None
        inside = context if self.security == "starttls" else None
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: self._serve(inside), "127.0.0.1", 0, ssl=around)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._ended.set()
        assert self._server is not None
        self._server.close()
        for connection in self.connections:
            if connection.transport is not None:
                connection.transport.abort()
        await self._server.wait_closed()

    def _serve(self, inside: ssl.SSLContext | None) -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a login over what is encrypted already
            serving = self._serving(inside)
        serving.hung_up = self.hung_up
        self.connections.append(serving)
        return serving

    def _serving(self, inside: ssl.SSLContext | None) -> _Serving:
        return _Serving(
            self,
            hostname="localhost",
            tls_context=inside,
            require_starttls=inside is not None,
            auth_required=self.login,
            auth_require_tls=self.security == "starttls",
            authenticator=self._authenticate,
            enable_SMTPUTF8=True,
        )

    def _authenticate(self, _server: Any, _session: Any, _envelope: Any, _way: str, given: Any) -> AuthResult:
        known = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=known, handled=False)

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = await self._out_of_the_usual(server, "MAIL")
        if said is None:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return said or "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = await self._out_of_the_usual(server, f"RCPT {address}")
        if said is None:
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return said or "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        said = await self._out_of_the_usual(server, "DATA")
        if said is not None:
            return said
        content = envelope.content
        assert isinstance(content, bytes)
        made = message_from_bytes(content, policy=policy.SMTP)
        assert isinstance(made, EmailMessage)
        self.received.append(made)
        self.to += envelope.rcpt_tos
        return "250 2.0.0 OK queued"

    async def _out_of_the_usual(self, server: SMTP, command: str) -> str | None:
        said = self.says.get(command, [])
        answer = said.pop(0) if said else None
        if answer == HANG:
            await self._ended.wait()
        if answer in (DROP, HANG) and server.transport is not None:
            server.transport.abort()
            return "421 gone"
        return answer
