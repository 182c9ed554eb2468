"""Checks the backup channels of every desk: logs in to each, and sends nothing."""

import asyncio

from bot.channels.opening import open_channels
from bot.config import ConfigProblem, Settings
from desk.letters.letter import BackupChannel, ChannelBroken, LetterOutcome, LetterTaken

KEYS = {"email": "url", "other": "url"}
"""The key of a channel that is named where it does not let us in; a token for the others."""


async def check_channels(settings: Settings) -> list[ConfigProblem]:
    """What is wrong with the channels, if anything."""
    problems: list[ConfigProblem] = []
    for name, desk in settings.desk.items():
        channels = open_channels(desk.backup_channels)
        outcomes = await asyncio.gather(*(_try(channel) for channel in channels.values()))
        for kind, outcome in zip(channels, outcomes, strict=True):
            key = f"desk.{name}.backup_channels.{kind}.{KEYS.get(kind, 'token')}"
            problems += _problems(key, outcome)
    return problems


async def _try(channel: BackupChannel) -> LetterOutcome:
    try:
        return await channel.check()
    finally:
        await channel.close()


def _problems(key: str, outcome: LetterOutcome) -> list[ConfigProblem]:
    match outcome:
        case LetterTaken():
            return []
        case ChannelBroken(reason):
            return [ConfigProblem(key, "check.channel_broken", {"reason": reason})]
    return [ConfigProblem(key, "check.channel_late", {"reason": outcome.reason})]
