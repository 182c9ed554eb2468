"""People to write stories with."""

from sandbox.people.customer import Customer, Manager
from sandbox.people.operator import Operator

__all__ = ["Customer", "Manager", "Operator"]
