"""The backup channels of a desk as its configuration has them."""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from bot.channels.apprise_service import AppriseService
from bot.channels.mail import Mail, MailServer
from bot.channels.max_bot import MaxBot
from bot.channels.posting import JsonServer
from bot.channels.whatsapp import Whatsapp
from bot.config.backup_channels import (
    BackupChannels,
    EmailChannel,
    MaxChannel,
    OtherChannel,
    WhatsappChannel,
)
from bot.config.values import SMTP_SCHEMES
from desk.letters.letter import BackupChannel
from desk.letters.mailbox import MailSender


def open_channels(settings: BackupChannels) -> Mapping[str, BackupChannel]:
    """Every channel that is set up, by its kind; no connection is made before it is needed."""
    opened: dict[str, BackupChannel] = {}
    if settings.email.is_set:
        opened["email"] = _email(settings.email)
    if settings.whatsapp.is_set:
        opened["whatsapp"] = _whatsapp(settings.whatsapp)
    if settings.max.is_set:
        opened["max"] = _max(settings.max)
    if settings.other.is_set:
        opened["other"] = _other(settings.other)
    return opened


def _email(settings: EmailChannel) -> Mail:
    parts = urlsplit(settings.url.get_secret_value())
    security, port = SMTP_SCHEMES[parts.scheme]
    user, password = (unquote(each or "") for each in (parts.username, parts.password))
    server = MailServer(parts.hostname or "", parts.port or port, security, user, password, settings.ca_file)
    return Mail(server, MailSender.parse(settings.sender))


def _whatsapp(settings: WhatsappChannel) -> Whatsapp:
    token = settings.token.get_secret_value()
    server = JsonServer(settings.api_url, {"Authorization": f"Bearer {token}"})
    return Whatsapp(server, settings.phone_id, settings.template, settings.languages)


def _max(settings: MaxChannel) -> MaxBot:
    server = JsonServer(
        settings.api_url, {"Authorization": settings.token.get_secret_value()}, settings.ca_file
    )
    return MaxBot(server)


def _other(settings: OtherChannel) -> AppriseService:
    return AppriseService(settings.url.get_secret_value())
