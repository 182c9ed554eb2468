"""Backup channels in the configuration, and tried by otklik check --online."""

from pathlib import Path

import pytest

from bot.channels.check import check_channels
from bot.channels.opening import open_channels
from bot.config import ConfigProblems, Settings, load
from desk.letters.letter import BackupAddress
from tests.outside.cloud_api import CloudApi
from tests.outside.max_api import MaxApi
from tests.outside.post_office import CERTIFICATE, PASSWORD, USER, PostOffice

DESK = '[desk.main]\ntoken = "123456:ABC"\noperators_group = -1001\n'

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


def read(home: Path, channels: str) -> Settings:
    path = home / "config.toml"
    path.write_text(DESK + channels, "utf-8")
    return load(path, {})


def problems(home: Path, channels: str) -> dict[str, str]:
    with pytest.raises(ConfigProblems) as refused:
        read(home, channels)
    return {problem.key: problem.text for problem in refused.value.found}


def test_a_desk_without_backup_channels_has_none(tmp_path: Path) -> None:
    assert open_channels(read(tmp_path, "").desk["main"].backup_channels) == {}


@pytest.mark.parametrize(
    ("table", "line", "text"),
    [
        ("email", 'url = "mail.example.com"', "config.smtp_url"),
        ("email", 'url = "smtp://mail.example.com/inbox"', "config.smtp_url"),
        ("email", 'url = "smtp+plain://a:secret@mail.example.com"', "config.smtp_password"),
        ("email", 'sender = "Sample"', "config.sender"),
        ("email", 'ca_file = "nothing.pem"', "config.no_file"),
        ("email", 'ca_file = "config.toml"', "config.ca_file"),
        ("whatsapp", 'phone_id = "+7 999 000"', "config.phone_id"),
        ("whatsapp", 'template = "My template"', "config.template"),
        ("whatsapp", 'languages = ["russian"]', "config.template_language"),
        ("whatsapp", "languages = []", "config.no_template_language"),
        ("whatsapp", 'token = "секрет"', "config.header_token"),
        ("whatsapp", 'verify_token = "too short"', "config.webhook_secret"),
        ("max", 'token = "two\\nlines"', "config.header_token"),
        ("other", 'url = "json://host/path"', "config.apprise_url"),
        ("other", 'url = "tgram://secret/{address}"', "config.apprise_telegram"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_key_and_repeats_nothing(
    tmp_path: Path, table: str, line: str, text: str
) -> None:
    key = f"desk.main.backup_channels.{table}.{line.partition(' ')[0]}"
    found = problems(tmp_path, f"[desk.main.backup_channels.{table}]\n{line}")
    place = {'languages = ["russian"]': "[0]"}.get(line, "")
    assert found[key + place] == text
    with pytest.raises(ConfigProblems) as refused:
        read(tmp_path, f"[desk.main.backup_channels.{table}]\n{line}")
    assert not any("secret" in said or "секрет" in said for said in refused.value.lines("ru"))


def test_keys_that_need_each_other_and_addresses_of_channels_that_are_not_there(tmp_path: Path) -> None:
    where = "desk.main.backup_channels"
    found = problems(
        tmp_path,
        f"""
        [{where}]
        managers = ["email:boss@example.com", "max:7"]
        [[{where}.lists]]
        component = "payments"
        addresses = ["whatsapp:+79990000001", "pigeon:anna"]
        [{where}.email]
        url = "smtp://mail.example.com"
        [{where}.whatsapp]
        token = "EAA"
        """,
    )
    assert found == {
        f"{where}.managers[1]": "config.channel_unset",
        f"{where}.lists[0].addresses[1]": "config.backup_address",
        f"{where}.email.sender": "config.needed_with",
        f"{where}.whatsapp.phone_id": "config.needed_with",
        f"{where}.whatsapp.template": "config.needed_with",
    }


@pytest.mark.parametrize("written", ["anna@example.com", "email:", "pigeon:anna", ":x", ""])
def test_an_address_is_written_with_its_channel(written: str) -> None:
    assert BackupAddress.parse(" email: anna@example.com") == BackupAddress("email", "anna@example.com")
    with pytest.raises(ValueError, match="no address"):
        BackupAddress.parse(written)


async def test_every_channel_is_tried_and_nothing_is_sent(tmp_path: Path) -> None:
    meta, api = CloudApi(), MaxApi()
    where = "desk.main.backup_channels"
    async with PostOffice("starttls", login=True) as office, meta.stand_in() as one, api.stand_in() as two:
        password = PASSWORD.replace(" ", "%20").replace("/", "%2F").replace("@", "%40")

        def settings(max_token: str, secret: str) -> Settings:
            return read(
                tmp_path,
                f"""
                [{where}.email]
                url = "smtp://{USER}:{secret}@localhost:{office.port}"
                sender = "Sample <support@example.com>"
                ca_file = "{CERTIFICATE}"
                [{where}.whatsapp]
                token = "{meta.token}"
                phone_id = "{meta.phone_id}"
                template = "incident"
                api_url = "{one.url}/{meta.version}"
                [{where}.max]
                token = "{max_token}"
                api_url = "{two.url}"
                [{where}.other]
                url = "json://127.0.0.1/{{address}}"
                """,
            )

        assert await check_channels(settings(api.token, password)) == []
        found = await check_channels(settings("wrong", "wrong"))
        await one.__aexit__()
        unreachable = await check_channels(settings(api.token, password))
    assert [(problem.key, problem.text, problem.params["reason"]) for problem in found] == [
        (f"{where}.email.url", "check.channel_broken", "535 5.7.8"),
        (f"{where}.max.token", "check.channel_broken", "401"),
    ]
    assert [(problem.key, problem.text) for problem in unreachable] == [
        (f"{where}.whatsapp.token", "check.channel_late")
    ]
    assert (office.received, meta.sent, api.sent) == ([], [], [])
