"""E-mail, at a real SMTP server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.channels import mail
from bot.channels.mail import Mail, MailServer
from desk.letters.letter import (
    ChannelBroken,
    LetterLate,
    LetterOutcome,
    LetterRefused,
    LetterTaken,
    LetterUncertain,
    NobodyThere,
)
from desk.letters.mailbox import MailSender
from tests.outside.letters import letter
from tests.outside.post_office import CERTIFICATE, DROP, HANG, PASSWORD, USER, PostOffice

ANNA = "anna@example.com"
NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@asynccontextmanager
async def letter_box(office: PostOffice, password: str = PASSWORD) -> AsyncIterator[Mail]:
    """A channel to that office."""
    who = (USER, password) if office.login else ("", "")
    server = MailServer("localhost", office.port, office.security, *who, ca_file=str(CERTIFICATE))
    sender = MailSender.parse('"Пример: поддержка" <support@пример.рф>')
    channel = Mail(server, sender, patience=0.5, now=lambda: NOON)
    try:
        yield channel
    finally:
        await channel.close()


async def test_a_letter_arrives_as_an_e_mail_that_programs_read() -> None:
    async with PostOffice() as office, letter_box(office) as channel:
        outcome = await channel.send(letter(), ANNA)
    [received] = office.received
    assert outcome == LetterTaken(received["Message-ID"])
    assert office.to == [ANNA]
    assert received["From"] == '"Пример: поддержка" <support@xn--e1afmkfd.xn--p1ai>'
    assert (received["To"], received["Subject"]) == (ANNA, "Оплата не работает")
    assert received["Date"].datetime == NOON
    assert received["Message-ID"].endswith("@xn--e1afmkfd.xn--p1ai>")
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["List-Unsubscribe"] == "<https://status.example.com/unsubscribe>"
    assert received.get_content_type() == "multipart/alternative"
    plain, html = (part.get_content().replace("\r", "") for part in received.iter_parts())
    assert plain.startswith("Не проходит оплата картой & СБП.\nСледующее обновление в 15:30.")
    assert plain.endswith("\n\nhttps://status.example.com/i/7\n")
    assert "<b>оплата</b> картой &amp; СБП.<br>" in html
    assert '<blockquote>Подробности <a href="https://status.example.com/?a=1&amp;b=2">' in html
    assert "tg-time" not in html


async def test_every_line_travels_as_plain_ascii_and_no_header_can_be_slipped_in() -> None:
    nasty = letter(
        title="Сбой\r\nBcc: everybody@example.com\r\n\r\n<script>", html="a\r\n.\r\nb" + "щ" * 3000
    )
    async with PostOffice() as office, letter_box(office) as channel:
        assert isinstance(await channel.send(nasty, ANNA), LetterTaken)
    [received] = office.received
    assert received["Bcc"] is None
    assert received["Subject"] == "Сбой Bcc: everybody@example.com <script>"
    raw = received.as_bytes()
    assert raw.isascii()
    assert max(map(len, raw.splitlines())) <= 998
    assert "<script>" not in received.get_body(("html",)).get_content()  # type: ignore[union-attr]


async def test_the_same_letter_has_the_same_name_and_another_person_s_another() -> None:
    async with PostOffice() as office, letter_box(office) as channel:
        for address in (ANNA, ANNA, "boris@example.com"):
            await channel.send(letter(), address)
    first, again, other = [each["Message-ID"] for each in office.received]
    assert first == again != other


async def test_a_run_of_letters_goes_over_one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "IDLE", 0.05)
    async with PostOffice() as office, letter_box(office) as channel:
        for number in range(5):
            assert isinstance(await channel.send(letter(), f"p{number}@example.com"), LetterTaken)
        assert len(office.connections) == 1
        await asyncio.wait_for(office.hung_up.wait(), 10)  # there is nothing to send
        assert isinstance(await channel.send(letter(), ANNA), LetterTaken)
    assert len(office.connections) == 2


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_the_way_is_encrypted_and_the_password_stays_ours(security: str) -> None:
    async with PostOffice(security, login=True) as office, letter_box(office) as channel:
        assert await channel.check() == LetterTaken()
        assert isinstance(await channel.send(letter(), ANNA), LetterTaken)
    assert "pa55" not in repr(channel)
    assert "pa55" not in repr(MailServer("localhost", 25, "none", USER, PASSWORD))


async def test_a_wrong_password_or_no_encryption_breaks_the_channel() -> None:
    async with PostOffice("tls", login=True) as office, letter_box(office, "wrong") as channel:
        assert await channel.send(letter(), ANNA) == ChannelBroken("535 5.7.8")
        assert await channel.check() == ChannelBroken("535 5.7.8")
    async with PostOffice("none") as office:
        server = MailServer("localhost", office.port, "starttls")
        bare = Mail(server, MailSender("", "support@example.com"))
        assert await bare.send(letter(), ANNA) == ChannelBroken(
            "the server offers no encryption, or no login"
        )


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_server_that_nobody_vouches_for_gets_nothing(security: str) -> None:
    async with PostOffice(security) as office:
        strange = Mail(MailServer("localhost", office.port, security), MailSender("", "support@example.com"))
        assert await strange.send(letter(), ANNA) == ChannelBroken("no certificate that is trusted")
    assert office.received == []


@pytest.mark.parametrize(
    ("command", "answer", "outcome"),
    [
        (f"RCPT {ANNA}", "550 5.1.1 <anna@example.com>: no such user", NobodyThere("550 5.1.1")),
        (f"RCPT {ANNA}", "550 no such user anna@example.com", NobodyThere("550")),
        (f"RCPT {ANNA}", "554 5.7.1 anna@example.com: relaying denied", LetterRefused("554 5.7.1")),
        (f"RCPT {ANNA}", "450 4.2.1 try later", LetterLate("450 4.2.1", 60.0)),
        ("MAIL", "553 5.7.1 not your address", ChannelBroken("553 5.7.1")),
        ("DATA", "554 5.6.0 looks like spam", LetterRefused("554 5.6.0")),
        ("DATA", "451 4.3.0 full", LetterLate("451 4.3.0", 60.0)),
        ("DATA", DROP, LetterUncertain("SMTPServerDisconnected")),
        ("DATA", HANG, LetterUncertain("SMTPReadTimeoutError")),
        ("MAIL", DROP, LetterLate("SMTPServerDisconnected", 15.0)),
    ],
)
async def test_an_answer_says_what_to_do_and_names_nobody(
    command: str, answer: str, outcome: LetterOutcome
) -> None:
    async with PostOffice(says={command: [answer]}) as office, letter_box(office) as channel:
        assert await channel.send(letter(), ANNA) == outcome
        assert isinstance(await channel.send(letter(), "boris@example.com"), LetterTaken)
    assert office.to == ["boris@example.com"]


async def test_a_connection_dropped_between_two_letters_is_opened_anew() -> None:
    async with PostOffice() as office, letter_box(office) as channel:
        await channel.send(letter(), ANNA)
        office.says["MAIL"] = [DROP]
        assert isinstance(await channel.send(letter(), "boris@example.com"), LetterTaken)
    assert office.to == [ANNA, "boris@example.com"]


async def test_nobody_at_the_server_s_address() -> None:
    channel = Mail(MailServer("127.0.0.1", 1, "none"), MailSender("", "support@example.com"))
    assert isinstance(await channel.send(letter(), ANNA), LetterLate)


@pytest.mark.parametrize(
    "address", ["anna", "anna@", "an na@example.com", "a@b\r\nRCPT TO:<c@d>", ".a@b.ru", ""]
)
async def test_what_is_no_address_is_not_tried(address: str) -> None:
    channel = Mail(MailServer("127.0.0.1", 1, "none"), MailSender("", "support@example.com"))
    assert await channel.send(letter(), address) == NobodyThere("no e-mail address")
