"""otklik subscribers: nobody without a date of consent or against their own word, and every line said."""

import sqlite3
import stat
from pathlib import Path

import pytest

from tests.ground.terminal import Typed, otklik

CONFIG = """
[desk.main]
token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
operators_group = -1001
components.payments = { name = "Оплата", names = { en = "Payments" } }
components.login = { name = "Вход" }
"""
LIST = """\
telegram_id,components,consented_at,language
101,payments;Вход,2026-03-01,en
102,,2026-03-01T12:00:00+03:00,
103,payments,,ru
104,payments,2999-01-01,ru
anna,payments,2026-03-01,ru
105,gone,2026-03-01,ru
106,gone;login,01.03.2026,ru
101,login,2026-03-01,ru
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a configuration and a list."""
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    return tmp_path


def takes_in(home: Path, name: str) -> Typed:
    return otklik("subscribers", "import", name, home=home)


def test_what_an_import_took_is_said_line_by_line_and_comes_out_again(home: Path) -> None:
    taken = takes_in(home, "list.csv")
    assert (taken.code, taken.err) == (0, "")
    said = taken.out.splitlines()
    assert [line.partition(":")[0] for line in said[:-1]] == [f"Line {n}" for n in (4, 5, 6, 7, 8, 9)]
    assert "no date of consent" in said[0]
    assert "no date of consent (“2999-01-01”)" in said[1]
    assert "“anna” is no Telegram id" in said[2]
    assert "no such components: gone. Left out" in said[3]
    assert "subscribed to the others" in said[4]
    assert "stands above already" in said[5]
    assert said[-1] == "Subscribed: 3. Lines with remarks: 6."

    out = home / "out.csv"
    assert otklik("subscribers", "export", "--to", "out.csv", home=home).out.startswith("Subscribers: 3.")
    assert out.read_text("utf-8").splitlines() == [
        "telegram_id,components,consented_at,language,source",
        "101,login;payments,2026-02-28T21:00:00+00:00,en,import",
        "102,,2026-03-01T09:00:00+00:00,,import",
        "106,login,2026-02-28T21:00:00+00:00,ru,import",
    ]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    again = otklik("subscribers", "export", "--to", "out.csv", home=home)
    assert again.code == 2
    back = takes_in(home, "out.csv")
    assert back.out.count("subscribed already") == 3
    assert back.out.splitlines()[-1] == "Subscribed: 0. Lines with remarks: 3."


def test_addresses_of_statuspage_are_kept_for_when_telegram_is_away(home: Path) -> None:
    (home / "page.csv").write_text(
        "mode,email,created_at,components\n"
        "email,anna@example.com,2025-01-02 10:00:00 UTC,Payments\n"
        "email,anna@example.com,2025-01-02 10:00:00 UTC,Payments\n"
        "sms,+79990000000,2025-01-02 10:00:00 UTC,\n"
        "email,boris@example.com,,\n",
        "utf-8",
    )
    taken = takes_in(home, "page.csv")
    assert taken.code == 0
    assert "Line 3: this person" in taken.out
    assert "Line 4: +799… is not in Telegram, left out." in taken.out
    assert "Line 5: no date of consent" in taken.out
    assert taken.out.splitlines()[-2:] == [
        "E-mail addresses for when Telegram is away: 1.",
        "Subscribed: 0. Lines with remarks: 3.",
    ]
    with sqlite3.connect(home / "data" / "otklik.db") as database:
        kept = database.execute("SELECT channel, address, component, customer_id FROM backup_addresses")
        assert kept.fetchall() == [("email", "anna@example.com", "payments", None)]


def test_semicolons_and_a_mark_at_the_beginning_are_a_spreadsheet_s(home: Path) -> None:
    (home / "excel.csv").write_text("\ufefftelegram_id;consented_at\r\n7;01.02.2026\r\n", "utf-8")
    assert "Subscribed: 1." in takes_in(home, "excel.csv").out


def test_what_cannot_be_read_is_refused(home: Path) -> None:
    (home / "odd.csv").write_bytes(b"\xff\xfe\x00")
    for name in ("odd.csv", "none.csv", "."):
        refused = takes_in(home, name)
        assert (refused.code, refused.out) == (2, "")
        assert "cannot be read" in refused.err


def test_an_address_is_taken_off_for_whoever_asks_and_an_older_consent_does_not_bring_it_back(
    home: Path,
) -> None:
    (home / "page.csv").write_text("email,created_at\nanna@example.com,2025-01-02 10:00:00 UTC\n", "utf-8")
    assert "Telegram is away: 1." in takes_in(home, "page.csv").out
    ended = otklik("subscribers", "withdraw", "anna@example.com", home=home)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("No more letters to anna@example.com.")
    assert "Telegram is away" not in takes_in(home, "page.csv").out
    for odd in ("pigeon:anna", "email:"):
        refused = otklik("subscribers", "withdraw", odd, home=home)
        assert (refused.code, refused.out) == (2, "")
        assert "an address is written with its channel" in refused.err
