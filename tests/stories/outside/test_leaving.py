"""Somebody who had a letter about an outage wants no more of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from typing import Any

from tests.faults.database import comes_to, sql
from tests.outside.post_office import PostOffice
from tests.stories.conftest import Scene, SetUp
from tests.stories.outside.visiting import Outside, free_port, goes_on, publishes

BORIS, PARTNER, ANNA = "boris@example.com", "partner@example.com", "anna@example.com"
GIVEN = "INSERT INTO backup_addresses (desk, customer_id, channel, address, component, consented_at)"
SITE = "https://status.example.com"
ADDRESSES = "SELECT address FROM backup_addresses ORDER BY id"


@asynccontextmanager
async def writing(set_up: SetUp, office: PostOffice, public_url: str) -> AsyncIterator[Outside]:
    """A desk that writes e-mail, also to a partner on its list."""
    port = free_port()
    channels: dict[str, Any] = {
        "lists": [{"addresses": [f"email:{PARTNER}"]}],
        "email": {"url": f"smtp+plain://127.0.0.1:{office.port}", "sender": "support@example.com"},
    }
    web = {"listen": f"127.0.0.1:{port}", "public_url": public_url}
    async with set_up(web=web, desk={"backup_channels": channels}) as scene, scene.at_work():
        yield Outside(scene, port)


def gives(scene: Scene, address: str, customer: int | None = None) -> None:
    """Somebody has given an address."""
    sql(scene, f"{GIVEN} VALUES ('main', ?, 'email', ?, '', 0)", customer, address)


async def sent_by_hand(scene: Scene, office: PostOffice, *to: str) -> dict[str, EmailMessage]:
    """A manager publishes and sends it by letters: what came to whom."""
    maria = scene.manager("Мария")
    await publishes(maria, "red Не проходит оплата")
    await maria.says("/incidents")
    listed = await maria.sees("не закрыто")
    await maria.presses("Не проходит оплата", on=listed)
    await maria.presses("Отправить по запасным каналам", on=listed)
    await maria.presses("Опубликовать", on=await maria.sees("Адресов"))
    await comes_to(scene, lambda: sorted(office.to), sorted(to))
    return dict(zip(office.to, office.received, strict=True))


def way_out(mail: EmailMessage) -> str:
    """The path by which the letter's reader leaves, as their mail program finds it."""
    link = str(mail["List-Unsubscribe"])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link.startswith(f"<{SITE}/u/")
    for part in mail.iter_parts():
        assert link[1:-1] in part.get_content().replace("=\n", "")
    return link.removeprefix(f"<{SITE}").removesuffix(">")


async def test_one_press_ends_letters_and_a_guarded_mailbox_does_not(set_up: SetUp) -> None:
    async with PostOffice() as office, writing(set_up, office, SITE) as outside:
        scene = outside.scene
        gives(scene, BORIS)
        mails = await sent_by_hand(scene, office, BORIS, PARTNER)
        assert f"{SITE}/i/1" in mails[BORIS].get_body(("plain",)).get_content()  # type: ignore[union-attr]
        assert "Не проходит оплата" in (await outside.asks("/i/1")).text
        path, other = way_out(mails[BORIS]), way_out(mails[PARTNER])
        for method in ("GET", "HEAD", "GET"):  # programs that guard mailboxes open every link
            asked = await outside.asks(path, method, Accept_Language="ru")
            assert asked.status == 200
        assert "Больше не писать об авариях?" in asked.text
        assert BORIS in asked.text
        assert (asked.headers["Cache-Control"], asked.headers["X-Robots-Tag"]) == ("no-store", "noindex")
        assert "frame-ancestors 'none'" in asked.headers["Content-Security-Policy"]
        assert sql(scene, ADDRESSES) == [(BORIS,)]
        for _ in range(3):
            done = await outside.asks(path, "POST", Accept_Language="en")
            assert (done.status, "We won’t write to this address" in done.text) == (200, True)
        assert sql(scene, ADDRESSES) == []
        assert "<form" not in (await outside.asks(f"/d/main{path}")).text
        assert (await outside.asks(other, "POST")).status == 200
        await goes_on(scene.manager("Мария"), "Не проходит оплата", "Решено")
        await comes_to(scene, lambda: sql(scene, SPARED), [(2,)])
        assert sorted(office.to) == [BORIS, PARTNER]


SPARED = "SELECT count(*) FROM backup_letters WHERE reason = 'unsubscribed'"


async def test_a_link_that_we_did_not_make_ends_nothing(set_up: SetUp) -> None:
    async with PostOffice() as office, writing(set_up, office, SITE) as outside:
        gives(outside.scene, BORIS)
        mails = await sent_by_hand(outside.scene, office, BORIS, PARTNER)
        path = way_out(mails[BORIS])
        for forged in (path[:-1] + ("B" if path[-1] == "A" else "A"), "/u/x", f"/u/{'a' * 900}", "/u/%F0%9F"):
            for method in ("GET", "POST"):
                shown = await outside.asks(forged, method)
                assert (shown.status, "<form" in shown.text) == (404, False)
        assert (await outside.asks(path.replace("/u/", "/d/nobody/u/"), "POST")).status == 404
        assert sql(outside.scene, ADDRESSES) == [(BORIS,)]


async def test_where_there_is_no_page_a_letter_says_how_to_leave_and_the_bot_does_it(
    set_up: SetUp,
) -> None:
    async with PostOffice() as office, writing(set_up, office, "") as outside:
        scene, anna = outside.scene, outside.scene.customer("Анна")
        await anna.starts()
        await anna.sees("")
        [(customer,)] = sql(scene, "SELECT id FROM customers")
        gives(scene, ANNA, customer)
        mail = (await sent_by_hand(scene, office, ANNA, PARTNER))[ANNA]
        assert (mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"]) == (None, None)
        for part in mail.iter_parts():
            assert "напишите нашему боту /unsubscribe" in part.get_content()
            assert "http" not in part.get_content()
        await anna.says("/unsubscribe")
        await anna.sees("Отписали")
        assert sql(scene, ADDRESSES) == []
