"""A Telegram small enough to carry: a world, two doors into it, and people to live in it."""

from sandbox.faults import Fault
from sandbox.people import Customer, Manager, Operator
from sandbox.wire.server import BotApiServer
from sandbox.wire.session import WorldSession
from sandbox.world import World

__all__ = ["BotApiServer", "Customer", "Fault", "Manager", "Operator", "World", "WorldSession"]
