"""config.toml: read, overridden by the environment, and refused with every problem named at once."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.config import ConfigProblems, Settings, load
from bot.config.routes import parse_route

DESK = """
[desk.main]
token = "123456:ABC"
operators_group = -1001
"""


def write(home: Path, text: str) -> Path:
    path = home / "config.toml"
    path.write_text(text, "utf-8")
    return path


def read(home: Path, text: str, environ: Mapping[str, str] | None = None) -> Settings:
    return load(write(home, text), environ or {})


def problems(home: Path, text: str, environ: Mapping[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigProblems) as refused:
        read(home, text, environ)
    return list(refused.value.problems)


def keys(lines: list[str]) -> list[str]:
    return sorted(line.partition(": ")[0] for line in lines)


def test_the_shortest_configuration_has_working_defaults(tmp_path: Path) -> None:
    settings = read(tmp_path, DESK)
    desk = settings.desk["main"]
    assert desk.token.get_secret_value() == "123456:ABC"
    assert (desk.language, desk.time_zone, desk.managers, desk.work_hours) == ("ru", "Europe/Moscow", (), ())
    assert settings.telegram.api_url == "https://api.telegram.org"
    assert settings.telegram.updates == "polling"
    assert settings.web.address == ("127.0.0.1", 8080)
    assert (settings.limits.chat_per_second, settings.limits.group_per_minute) == (1, 20)


def test_relative_paths_begin_at_the_file_wherever_we_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "faq.yaml").touch()
    (tmp_path / "elsewhere").mkdir()
    write(tmp_path, DESK + 'faq = ["faq.yaml"]')
    monkeypatch.chdir(tmp_path / "elsewhere")
    settings = load(Path("../config.toml"), {})
    assert settings.desk["main"].faq[0].samefile(tmp_path / "faq.yaml")
    kept = Path(settings.storage.url.removeprefix("sqlite:///"))
    assert kept.is_absolute()
    assert kept.parent.parent.resolve() == tmp_path.resolve()


def test_absolute_storage_paths_stay_as_they_are(tmp_path: Path) -> None:
    settings = read(tmp_path, '[storage]\nurl = "sqlite:////var/lib/otklik.db"' + DESK)
    assert settings.storage.url == "sqlite:////var/lib/otklik.db"


def test_several_desks_stand_side_by_side(tmp_path: Path) -> None:
    second = '[desk.second-shop]\ntoken = "7:XYZ"\noperators_group = -1002\nlanguage = "en"\n'
    assert list(read(tmp_path, DESK + second).desk) == ["main", "second-shop"]


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    environ = {
        "OTKLIK_DESK__MAIN__TOKEN": "777:FROM_ENV",
        "OTKLIK_DESK__MAIN__MANAGERS": "[5, 6]",
        "OTKLIK_TELEGRAM__WEBHOOK__SECRET": "0123456789abcdef",
        "OTKLIK_LIMITS__IN_FLIGHT": "2",
        "OTKLIK_TEST_POSTGRES_URL": "no key of ours",
        "PATH": "/bin",
    }
    settings = read(tmp_path, DESK, environ)
    assert settings.desk["main"].token.get_secret_value() == "777:FROM_ENV"
    assert settings.desk["main"].managers == (5, 6)
    assert settings.telegram.webhook.secret.get_secret_value() == "0123456789abcdef"
    assert settings.limits.in_flight == 2


def test_the_environment_finds_a_desk_by_its_name_without_hyphens(tmp_path: Path) -> None:
    environ = {"OTKLIK_DESK__MY_SHOP__NAME": "Shop", "OTKLIK_DESK__NEW__TOKEN": "9:Z"}
    text = DESK.replace("desk.main", "desk.My-Shop")
    assert keys(problems(tmp_path, text, environ)) == ["desk.new.operators_group"]
    environ["OTKLIK_DESK__NEW__OPERATORS_GROUP"] = "-5"
    settings = read(tmp_path, text, environ)
    assert settings.desk["My-Shop"].name == "Shop"
    assert settings.desk["new"].operators_group == -5


def test_a_typo_in_the_environment_is_a_problem_too(tmp_path: Path) -> None:
    assert keys(problems(tmp_path, DESK, {"OTKLIK_STORGE__URL": "sqlite:///x"})) == ["storge"]
    assert keys(problems(tmp_path, DESK, {"OTKLIK_DESK__MAIN__MANAGERS": "5, 6"})) == ["desk.main.managers"]


ALL_WRONG = """
colour = "red"
[storage]
url = "mysql://root@localhost"
[telegram]
api_url = "api.telegram.org"
updates = "webhook"
[web]
listen = "8080"
[limits]
chat_per_second = -1
in_flight = 0
[log]
level = "loud"
[desk."главный"]
operators_group = 1001
[desk.main]
tokn = "123456:ABC"
language = "tlh"
time_zone = "Moscow"
operators_group = "group"
managers = [-1]
faq = ["no.yaml"]
faq_sure = "sure"
work_hours = ["weekdays 9-18"]
"""


def test_all_problems_come_at_once_and_each_names_its_key(tmp_path: Path) -> None:
    found = problems(tmp_path, ALL_WRONG)
    wrong = """
        colour storage.url telegram.api_url telegram.webhook.url telegram.webhook.secret web.listen
        limits.chat_per_second limits.in_flight log.level
        desk.главный desk.главный.token desk.главный.operators_group
        desk.main.tokn desk.main.token desk.main.language desk.main.time_zone desk.main.operators_group
        desk.main.managers[0] desk.main.faq[0] desk.main.faq_sure desk.main.work_hours
        """
    assert keys(found) == sorted(wrong.split())
    assert "desk.main.tokn: there is no such key; is it token?" in found


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "desk"),
        ("[desk.main]\ntoken = 5\noperators_group = -1", "desk.main.token"),
        (DESK + "incident_channel = -1001", "desk.main.incident_channel"),
        (DESK + "managers = 5", "desk.main.managers"),
        (DESK + '[desk.other]\ntoken = "123456:ABC"\noperators_group = -2', "desk.other.token"),
        (DESK + '[desk.MAIN]\ntoken = "5:A"\noperators_group = -2', "desk.MAIN"),
        ('storage = "here"' + DESK, "storage"),
        (DESK + '[telegram.webhook]\nsecret = "short"', "telegram.webhook.secret"),
    ],
)
def test_one_wrong_thing_is_one_line(tmp_path: Path, text: str, key: str) -> None:
    assert keys(problems(tmp_path, text)) == [key]


OWN = 'webhook_secret = "a-secret-of-this-desk-1"\n'
SECOND = '[desk.second]\ntoken = "7:XYZ"\noperators_group = -1002\n'
BROUGHT = '[telegram]\nupdates = "webhook"\n[telegram.webhook]\nurl = "https://bot.example.com"\n'


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (DESK + OWN + SECOND + OWN, ["desk.second.webhook_secret"]),
        (DESK + OWN + SECOND + BROUGHT, ["telegram.webhook.secret"]),
        (
            DESK + OWN + SECOND + BROUGHT + 'secret = "a-secret-of-this-desk-1"\n',
            ["desk.main.webhook_secret"],
        ),
    ],
)
def test_one_desk_s_secret_is_no_other_s(tmp_path: Path, text: str, wrong: list[str]) -> None:
    found = problems(tmp_path, text)
    assert keys(found) == wrong
    assert "a-secret-of" not in "".join(found)


def test_a_desk_with_its_own_secret_needs_no_common_one(tmp_path: Path) -> None:
    settings = read(tmp_path, DESK + OWN + BROUGHT)
    assert settings.desk["main"].webhook_secret.get_secret_value() == "a-secret-of-this-desk-1"


@pytest.mark.parametrize("token", ["SECRET-without-digits", "12:SECRET with spaces", "SECRET" * 50])
def test_what_is_secret_is_never_repeated(tmp_path: Path, token: str) -> None:
    text = '[storage]\nurl = "mysql://u:SECRET@h/d"\n[telegram.webhook]\nsecret = "SECRET"\n' + DESK.replace(
        "123456:ABC", token
    )
    found = problems(tmp_path, text)
    assert keys(found) == ["desk.main.token", "storage.url", "telegram.webhook.secret"]
    assert "SECRET" not in "".join(found)


def test_settings_shown_by_accident_do_not_show_secrets(tmp_path: Path) -> None:
    text = '[storage]\nurl = "postgresql://u:SECRET@h/d"' + DESK.replace("ABC", "SECRET")
    assert "SECRET" not in repr(read(tmp_path, text))


def test_a_file_that_cannot_be_read_is_said_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblems, match=r"nowhere\.toml: there is no such file"):
        load(tmp_path / "nowhere.toml", {})
    with pytest.raises(ConfigProblems, match="cannot be read"):
        load(tmp_path, {})
    assert problems(tmp_path, "[desk.main]\ntoken = 1:A")[0].endswith("lists in [ ]")
    assert "line 3 " in problems(tmp_path, "\n\ntoken = @\n")[0]
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigProblems, match="UTF-8"):
        load(tmp_path / "config.toml", {})


def test_problems_are_said_in_the_reader_s_language(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblems) as refused:
        read(tmp_path, "")
    assert refused.value.lines("ru") == ("desk: нужна хотя бы одна таблица [desk.ИМЯ]",)


def test_patterns_to_hide_by_are_tried_before_they_are_used(tmp_path: Path) -> None:
    wrong = problems(tmp_path, DESK + r"mask = ['логин:\s*\S+', '(', '\w+', '(a+)+b']")
    assert keys(wrong) == [f"desk.main.mask[{place}]" for place in (1, 2, 3)]
    assert "no regular expression" in wrong[0]
    assert "nearly everything" in wrong[1]
    assert "very long" in wrong[2]
    assert read(tmp_path, DESK + r"mask = ['логин:\s*\S+']").desk["main"].mask == (r"логин:\s*\S+",)


def test_nothing_changes_after_reading(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        read(tmp_path, DESK).limits.__setattr__("in_flight", 5)


def test_json_lists_in_the_environment_are_checked_like_the_file_s(tmp_path: Path) -> None:
    environ = {"OTKLIK_DESK__MAIN__MANAGERS": json.dumps([1, "two"])}
    assert keys(problems(tmp_path, DESK, environ)) == ["desk.main.managers[1]"]


def test_ways_to_telegram_are_read_and_none_shows_its_password(tmp_path: Path) -> None:
    ways = ["socks5://anna:s3c%40ret@proxy.example:1080", "http://proxy.example:3128", "direct"]
    ways.append("api:https://user:s3c%40ret@api.example/t3legram/")
    settings = read(tmp_path, f"[telegram]\nroutes = {json.dumps(ways)}\n{DESK}")
    addresses = [parse_route(each.get_secret_value()) for each in settings.telegram.routes]
    assert [each.name for each in addresses] == [
        "socks5://proxy.example:1080", "http://proxy.example:3128", "direct", "api:https://api.example"
    ]  # fmt: skip
    assert addresses[0].password == "s3c@ret"
    assert addresses[3].api_url == "https://user:s3c%40ret@api.example/t3legram"
    assert not any(secret in repr((settings, addresses)) for secret in ("s3c", "t3legram"))


@pytest.mark.parametrize(
    ("route", "said"),
    [
        ("", "must be"),
        ("Direct", "must be"),
        ("proxy.example:1080", "must be"),
        ("socks4://proxy.example:1080", "must be"),
        ("https://proxy.example:443", "must be"),
        ("socks5://proxy.example", "needs its port"),
        ("socks5://proxy.example:0", "needs its port"),
        ("http://proxy.example:99999", "must be"),
        ("http://proxy.example:80/path", "must be"),
        ("socks5://anna:s3c#ret@proxy.example:1080", "must be"),
        ("socks5://anna:s3c/ret@proxy.example:1080", "must be"),
        ("api:", "must be"),
        ("api:telegram.example", "must be"),
        ("api:socks5://telegram.example:1", "must be"),
        ("http://[::1", "must be"),
    ],
)
def test_what_is_no_way_to_telegram_is_named_and_never_repeated(
    tmp_path: Path, route: str, said: str
) -> None:
    [line] = problems(tmp_path, f"[telegram]\nroutes = {json.dumps(['direct', route])}\n{DESK}")
    assert line.startswith("telegram.routes[1]: ")
    assert said in line
    assert "s3c" not in line


def test_ways_to_telegram_are_at_least_one_and_each_is_another(tmp_path: Path) -> None:
    for routes in ([], ["direct", "direct"]):
        [line] = problems(tmp_path, f"[telegram]\nroutes = {json.dumps(routes)}\n{DESK}")
        assert line.startswith("telegram.routes: ")


def test_a_way_to_telegram_may_come_from_the_environment(tmp_path: Path) -> None:
    settings = read(tmp_path, DESK, {"OTKLIK_TELEGRAM__ROUTES__0": "socks5://a:b@proxy.example:1"})
    assert settings.telegram.routes[0].get_secret_value() == "socks5://a:b@proxy.example:1"
    settings = read(tmp_path, DESK, {"OTKLIK_TELEGRAM__ROUTES": '["direct", "http://proxy.example:1"]'})
    assert len(settings.telegram.routes) == 2


def test_a_rule_for_alerts_names_only_what_there_is(tmp_path: Path) -> None:
    rule = '[[desk.main.alerts.rules]]\nmatch = {a = "b"}\n'
    there = "[desk.main.components.payments]\n[desk.main.templates.card_down]\ntext = 'Не работает'\n"
    found = problems(tmp_path, DESK + there + rule + 'component = "pay"\ntemplate = "card-down"')
    assert keys(found) == ["desk.main.alerts.rules[0].component", "desk.main.alerts.rules[0].template"]
    assert "card-down" in found[1]
    settings = read(tmp_path, DESK + there + rule + 'component = "payments"\ntemplate = "card_down"')
    assert settings.desk["main"].alerts.rules[0].template == "card_down"
    later = there + 'status = "resolved"\n' + rule + 'template = "card_down"'
    assert keys(problems(tmp_path, DESK + later)) == ["desk.main.alerts.rules[0].template"]
