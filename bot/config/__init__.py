"""Configuration: one TOML file, every key typed and checked, any of them overridden by the environment."""

from bot.config.problems import ConfigProblem, ConfigProblems
from bot.config.reading import load
from bot.config.settings import (
    BackupSettings,
    Desk,
    Limits,
    Log,
    Retention,
    Settings,
    Storage,
    Telegram,
    Web,
    WebhookSettings,
)

__all__ = [
    "BackupSettings",
    "ConfigProblem",
    "ConfigProblems",
    "Desk",
    "Limits",
    "Log",
    "Retention",
    "Settings",
    "Storage",
    "Telegram",
    "Web",
    "WebhookSettings",
    "load",
]
