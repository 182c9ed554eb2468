"""The tables of a desk's backup channels: other ways to people when Telegram is away."""

from pydantic import SecretStr

from bot.config import values
from bot.config.table import SettingsTable


class EmailChannel(SettingsTable):
    """A server that takes e-mail."""

    url: values.SmtpUrl = SecretStr("")
    sender: values.SenderAddress = ""
    ca_file: values.CaFile = ""

    @property
    def is_set(self) -> bool:
        """Whether there is such a channel."""
        return bool(self.url.get_secret_value())


class WhatsappChannel(SettingsTable):
    """A company's number at Meta's Cloud API, and the template that Meta has approved."""

    token: values.HeaderToken = SecretStr("")
    phone_id: values.PhoneId = ""
    template: values.TemplateName = ""
    languages: values.TemplateLanguages = ("ru",)
    api_url: values.WebAddress = "https://graph.facebook.com/v25.0"
    app_secret: values.WebhookSecret = SecretStr("")
    verify_token: values.WebhookSecret = SecretStr("")

    @property
    def is_set(self) -> bool:
        """Whether there is such a channel."""
        return bool(self.token.get_secret_value())


class MaxChannel(SettingsTable):
    """A bot in MAX."""

    token: values.HeaderToken = SecretStr("")
    ca_file: values.CaFile = ""
    api_url: values.WebAddress = "https://platform-api2.max.ru"

    @property
    def is_set(self) -> bool:
        """Whether there is such a channel."""
        return bool(self.token.get_secret_value())


class OtherChannel(SettingsTable):
    """One of the services that apprise knows."""

    url: values.AppriseUrl = SecretStr("")

    @property
    def is_set(self) -> bool:
        """Whether there is such a channel."""
        return bool(self.url.get_secret_value())


class AddressList(SettingsTable):
    """Addresses that are told of a component's incidents; of all of them, if none is named."""

    component: str = ""
    addresses: tuple[values.WrittenAddress, ...] = ()


class BackupChannels(SettingsTable):
    """All of a desk's backup channels, and who is told by them beside customers."""

    managers: tuple[values.WrittenAddress, ...] = ()
    lists: tuple[AddressList, ...] = ()
    email: EmailChannel = EmailChannel()
    whatsapp: WhatsappChannel = WhatsappChannel()
    max: MaxChannel = MaxChannel()
    other: OtherChannel = OtherChannel()
