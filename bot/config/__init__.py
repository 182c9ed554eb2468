"""Configuration: one TOML file, every key typed and checked, any of them overridden by the environment."""

from bot.config.problems import ConfigProblems, Problem
from bot.config.reading import load
from bot.config.settings import Desk, Limits, Log, Settings, Storage, Telegram, Web, Webhook

__all__ = [
    "ConfigProblems",
    "Desk",
    "Limits",
    "Log",
    "Problem",
    "Settings",
    "Storage",
    "Telegram",
    "Web",
    "Webhook",
    "load",
]
