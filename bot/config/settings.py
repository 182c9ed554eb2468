"""Every key there is, with its default. config.example.toml explains them; a test keeps the two equal."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr

from bot.config import values
from bot.config.backup_channels import BackupChannels
from bot.config.table import SettingsTable


class Storage(SettingsTable):
    """Where everything is kept."""

    url: values.StorageUrl = Field(default="sqlite:///data/otklik.db", validate_default=True)


class BackupSettings(SettingsTable):
    """When and where copies of everything are made."""

    every_hours: Annotated[float, Field(ge=0)] = 24
    keep: Annotated[int, Field(ge=1)] = 7
    folder: values.Folder = ""

    def folder_for(self, url: str) -> Path | None:
        """Where backups of a database go: beside SQLite's file, if no folder is named."""
        if self.folder:
            return Path(self.folder)
        _, _, path = url.partition("sqlite:///")
        return Path(path).parent / "backups" if path else None


class WebhookSettings(SettingsTable):
    """Where Telegram calls us, if it is to call us."""

    url: values.OptionalWebAddress = ""
    secret: values.WebhookSecret = SecretStr("")


class Telegram(SettingsTable):
    """How we meet Telegram."""

    api_url: values.WebAddress = "https://api.telegram.org"
    updates: Literal["polling", "webhook"] = "polling"
    routes: values.Routes = (SecretStr("direct"),)
    webhook: WebhookSettings = WebhookSettings()


class Web(SettingsTable):
    """Our own door on the web."""

    listen: values.Listen = "127.0.0.1:8080"
    public_url: values.OptionalWebAddress = ""

    @property
    def address(self) -> tuple[str, int]:
        """The host and the port to listen on."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)


class Limits(SettingsTable):
    """Our own pace; a zero switches one off."""

    chat_per_second: Annotated[float, Field(ge=0)] = 1
    chat_burst: Annotated[int, Field(ge=1)] = 3
    group_per_minute: Annotated[float, Field(ge=0)] = 20
    bulk_per_second: Annotated[float, Field(ge=0)] = 30
    in_flight: Annotated[int, Field(ge=1)] = 8
    person_burst: Annotated[int, Field(ge=1)] = 40
    person_per_second: Annotated[float, Field(ge=0)] = 1


class Retention(SettingsTable):
    """For how many days what is kept stays; a zero keeps it for ever."""

    updates_days: Annotated[int, Field(ge=2, le=36500)] = 2
    quarantine_days: Annotated[int, Field(ge=0, le=36500)] = 30
    audit_days: Annotated[int, Field(ge=0, le=36500)] = 365
    deliveries_days: Annotated[int, Field(ge=0, le=36500)] = 90
    ballots_days: Annotated[int, Field(ge=0, le=36500)] = 90
    alerts_days: Annotated[int, Field(ge=0, le=36500)] = 90
    questions_days: Annotated[int, Field(ge=0, le=36500)] = 0
    messages_days: Annotated[int, Field(ge=0, le=36500)] = 0

    def days(self) -> dict[str, int]:
        """By what is kept, as its key begins; letters, followers and askers go with deliveries."""
        days = {name.removesuffix("_days"): days for name, days in self}
        return {**days, **dict.fromkeys(("letters", "followers", "askers"), self.deliveries_days)}


class Log(SettingsTable):
    """What is written about our own work."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class ComponentSettings(SettingsTable):
    """A part of the service that can be broken by itself."""

    name: str = ""
    names: dict[values.Language, str] = Field(default_factory=dict)
    group: str = ""
    groups: dict[values.Language, str] = Field(default_factory=dict)
    words: tuple[str, ...] = ()


class AlertRuleSettings(SettingsTable):
    """What alerts with these labels are about."""

    match: dict[str, str] = Field(default_factory=dict)
    component: str = ""
    severity: Literal["", "red", "yellow", "green"] = ""
    template: str = ""
    publish: bool = False


class AlertSettings(SettingsTable):
    """Who may post alerts, and what becomes of them."""

    alertmanager: values.WebhookSecret = SecretStr("")
    grafana: values.WebhookSecret = SecretStr("")
    zabbix: values.WebhookSecret = SecretStr("")
    kuma: values.WebhookSecret = SecretStr("")
    healthchecks: values.WebhookSecret = SecretStr("")
    generic: values.WebhookSecret = SecretStr("")
    flapping_minutes: Annotated[float, Field(ge=0, le=1440)] = 10
    spike_people: Annotated[int, Field(ge=0)] = 5
    spike_minutes: Annotated[float, Field(ge=1, le=60)] = 10
    rules: tuple[AlertRuleSettings, ...] = ()

    def tokens(self) -> dict[str, str]:
        """By source, of those that may post."""
        given = {name: value.get_secret_value() for name, value in self if isinstance(value, SecretStr)}
        return {name: token for name, token in given.items() if token}


class NoticeTemplateSettings(SettingsTable):
    """A ready text for a broadcast."""

    title: str = ""
    severity: Literal["red", "yellow", "green"] = "red"
    status: Literal["", "investigating", "identified", "monitoring", "resolved"] = ""
    components: tuple[values.ComponentName, ...] = ()
    next_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    text: values.NoticeText = ""
    texts: dict[values.Language, values.NoticeText] = Field(default_factory=dict)


class OutgoingHookSettings(SettingsTable):
    """A program of the company's own that is told every notice."""

    url: values.WebAddress
    secret: values.WebhookSecret = SecretStr("")
    private: bool = False


class Desk(SettingsTable):
    """One bot with its operators' group, incident channel, knowledge base and people."""

    token: values.Token
    webhook_secret: values.WebhookSecret = SecretStr("")
    name: str = ""
    language: values.Language = "ru"
    time_zone: values.Zone = "Europe/Moscow"
    operators_group: values.Group
    incident_channel: values.Group | None = None
    managers: tuple[values.Person, ...] = ()
    publishers: dict[values.Person, Literal["draft", "publish", "approve"]] = Field(default_factory=dict)
    two_person: Literal["never", "red", "always"] = "never"
    two_person_first: bool = False
    approval_minutes: Annotated[float, Field(ge=1, le=10080)] = 60
    faq: tuple[values.HomeFile, ...] = ()
    faq_sure: values.Threshold = None
    faq_unsure: values.Threshold = None
    glossary: tuple[values.HomeFile, ...] = ()
    semantic: values.Semantic = None
    faq_digest: values.Weekly = "mon 10:00"
    work_hours: values.WorkHoursLines = ()
    mask: tuple[values.MaskPattern, ...] = ()
    rating_delay_seconds: Annotated[float, Field(ge=0)] = 0
    banned_write_to: str = ""
    album_wait_seconds: Annotated[float, Field(ge=0, le=60)] = 1
    advertising: bool = False
    paid_broadcast: bool = False
    paid_per_second: Annotated[float, Field(gt=30, le=1000)] = 300
    paid_most_stars: Annotated[int, Field(ge=0)] = 1000
    escalation: tuple[values.Person, ...] = ()
    components: dict[values.ComponentName, ComponentSettings] = Field(default_factory=dict)
    templates: dict[values.ComponentName, NoticeTemplateSettings] = Field(default_factory=dict)
    webhooks: Annotated[tuple[OutgoingHookSettings, ...], Field(max_length=10)] = ()
    backup_channels: BackupChannels = BackupChannels()
    alerts: AlertSettings = AlertSettings()


class Settings(SettingsTable):
    """The whole file."""

    storage: Storage = Field(default_factory=Storage)
    backup: BackupSettings = BackupSettings()
    telegram: Telegram = Telegram()
    web: Web = Web()
    limits: Limits = Limits()
    log: Log = Log()
    retention: Retention = Retention()
    desk: dict[values.DeskName, Desk] = Field(default_factory=dict)
