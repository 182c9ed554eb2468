"""E-mail: one letter to one person over a connection that is kept for a run of them."""

import asyncio
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from bot.channels.mail_message import message
from bot.channels.posting import trusted
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
from desk.letters.mailbox import MailSender, mailbox

CONNECTING, PATIENCE = 10.0, 20.0
IDLE = 20.0
"""Seconds for which a connection is kept when there is nothing to send."""
NO_CONNECTION, BUSY = 15.0, 60.0
"""Seconds to wait after there was no connection, and after a server that says "later"."""
ENHANCED = re.compile(r"^[245]\.\d{1,3}\.\d{1,3}\b")
POLICY = "5.7."
"""How a server begins that refuses the sender and not the address: relaying, authentication, block lists."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mail goes: `security` is "starttls", "tls" from the first byte on, or "none"."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""


class Mail:
    """Sends e-mail from one address of the company."""

    def __init__(
        self,
        server: MailServer,
        sender: MailSender,
        *,
        patience: float = PATIENCE,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._server, self._sender, self._patience, self._now = server, sender, patience, now
        self._open: SMTP | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._line = asyncio.Lock()

    async def send(self, letter: Letter, address: str) -> LetterOutcome:
        """Send a letter to one person."""
        to = mailbox(address)
        if to is None:
            return NobodyThere("no e-mail address")
        made = message(letter, self._sender, to, self._now())
        async with self._line:
            try:
                return await self._carry(bytes(made), to, str(made["Message-ID"]))
            except asyncio.CancelledError:
                self._drop()  # in the middle of a sentence
                raise
            finally:
                self._keep()

    async def check(self) -> LetterOutcome:
        """Connect and log in."""
        async with self._line:
            opened = await self._connected()
            await self._hang_up()
        return LetterTaken() if isinstance(opened, SMTP) else opened

    async def close(self) -> None:
        """Take leave of the server."""
        async with self._line:
            await self._hang_up()

    async def _carry(self, raw: bytes, to: str, message_id: str) -> LetterOutcome:
        """Say from whom, to whom and what; a connection that was dropped while idle is opened anew."""
        kept = self._open is not None
        begun = await self._begun()
        if kept and not isinstance(begun, SMTP):
            begun = await self._begun()
        if not isinstance(begun, SMTP):
            return begun
        try:
            await begun.rcpt(to)
            await begun.data(raw)
        except SMTPResponseException as error:
            await self._begin_anew(begun)
            return _refusal(error)
        except (SMTPException, OSError) as error:
            await self._hang_up()
            return LetterUncertain(type(error).__name__)
        return LetterTaken(message_id)

    async def _begun(self) -> SMTP | LetterOutcome:
        """A connection on which the server has taken who writes."""
        smtp = await self._connected()
        if not isinstance(smtp, SMTP):
            return smtp
        try:
            await smtp.mail(self._sender.address)
        except (SMTPException, OSError) as error:
            await self._hang_up()
            return _refusal(error)
        return smtp

    async def _connected(self) -> SMTP | LetterOutcome:
        if self._idle is not None:
            self._idle.cancel()
        if self._open is not None and self._open.is_connected:
            return self._open
        server = self._server
        smtp = SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            username=server.user or None,
            password=server.password or None,
            tls_context=None if server.security == "none" else trusted(server.ca_file),
            timeout=self._patience,
        )
        try:
            async with asyncio.timeout(CONNECTING + self._patience):
                await smtp.connect(timeout=min(CONNECTING, self._patience))
        except (SMTPException, OSError) as error:
            smtp.close()
            return _no_login(error)
        self._open = smtp
        return smtp

    async def _begin_anew(self, smtp: SMTP) -> None:
        """Leave what was begun behind, and keep the connection."""
        try:
            await smtp.rset()
        except (SMTPException, OSError):
            await self._hang_up()

    def _keep(self) -> None:
        if self._open is not None:
            self._idle = asyncio.get_running_loop().call_later(IDLE, self._drop)

    def _drop(self) -> None:
        """Nothing was sent for a while: let the connection go, and wait for no answer to that."""
        if self._open is not None:
            self._open.close()
            self._open = None

    async def _hang_up(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        smtp, self._open = self._open, None
        if smtp is None:
            return
        try:
            await smtp.quit(timeout=1)
        except (SMTPException, OSError):
            smtp.close()


def _no_login(error: Exception) -> LetterOutcome:
    """Why there is no connection on which something may be sent."""
    if isinstance(error.__cause__ or error, ssl.SSLError):
        return ChannelBroken("no certificate that is trusted")
    match error:
        case SMTPAuthenticationError(code=code) if code >= 500:
            return ChannelBroken(_reason(error))
        case SMTPResponseException(code=code):
            return LetterLate(_reason(error), BUSY)
    if type(error) is SMTPException:
        return ChannelBroken("the server offers no encryption, or no login")
    return LetterLate(type(error).__name__, NO_CONNECTION)


def _refusal(error: Exception) -> LetterOutcome:
    """What a server means that has not taken the letter."""
    reason = _reason(error)
    match error:
        case SMTPResponseException(code=code) if code < 500:
            return LetterLate(reason, BUSY)
        case SMTPSenderRefused():
            return ChannelBroken(reason)
        case SMTPRecipientRefused() if POLICY not in reason:
            return NobodyThere(reason)
        case SMTPResponseException():
            return LetterRefused(reason)
    return LetterLate(reason, NO_CONNECTION)


def _reason(error: Exception) -> str:
    """The codes alone: what stands behind them names the person."""
    if not isinstance(error, SMTPResponseException):
        return type(error).__name__
    enhanced = ENHANCED.match(error.message)
    return f"{error.code} {enhanced[0]}" if enhanced else str(error.code)
