"""People whom one incident concerns: those who follow it, and those who asked about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Why(StrEnum):
    """Why somebody follows an incident: they asked to be told, or a ticket of theirs or a spike is linked."""

    ASKED = "asked"
    TICKET = "ticket"
    SPIKE = "spike"


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """Somebody who is told how an incident goes on; `works` is what they said after its end."""

    incident_id: int
    customer_id: int
    why: Why
    works: bool | None = None


class Followers(Protocol):
    """The followers of incidents of one desk."""

    def follow(self, incident_id: int, customer_id: int, why: Why, at: datetime) -> bool:
        """Insert one; False if they follow it already."""

    def of(self, incident_id: int, customer_id: int) -> Follower | None:
        """Somebody as a follower of an incident."""

    def answered(self, incident_id: int, customer_id: int, at: datetime, *, works: bool) -> bool:
        """Note what they said after the end, once; False if they have said so or do not follow it."""

    def leave(self, customer_id: int) -> bool:
        """Let somebody follow no live incident any more; False if they followed none."""

    def counts(self, incident_id: int) -> "FollowersFigures":
        """How many follow an incident, and what they said after its end."""


@dataclass(frozen=True, slots=True)
class FollowersFigures:
    """How many follow an incident, and for how many it `works` after its end, or is `broken` still."""

    all: int
    works: int
    broken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Somebody whose question was answered with an incident: what they asked, and what they pressed."""

    incident_id: int
    customer_id: int
    message_id: int | None
    outcome: str | None = None


class Askers(Protocol):
    """Those who asked about incidents of one desk."""

    def add(self, incident_id: int, customer_id: int, message_id: int, at: datetime) -> bool:
        """Insert one; False if they were told about this incident before."""

    def of(self, incident_id: int, customer_id: int) -> Asker | None:
        """Somebody as an asker about an incident."""

    def pressed(self, incident_id: int, customer_id: int, outcome: str) -> bool:
        """Note what they pressed; False if they had pressed so before or never asked."""

    def counts(self, incident_id: int) -> "AskersFigures":
        """How many asked, and how many of them needed no ticket."""


@dataclass(frozen=True, slots=True)
class AskersFigures:
    """How many were answered with an incident, and how many of them said that it is what they meant."""

    asked: int
    same: int
