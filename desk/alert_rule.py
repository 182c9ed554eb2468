"""What a desk makes of alerts, as its configuration says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRule:
    """What an alert with these labels is about; a value may end with a star.

    `severity` is red, yellow or green, empty for what the source's own word means; `template` the ready text
    that its notice has, empty for ours. `publish`: the notice goes out without anybody's press.
    """

    match: Mapping[str, str] = field(default_factory=dict)
    component: str = ""
    severity: str = ""
    template: str = ""
    publish: bool = False

    def suits(self, labels: Mapping[str, str]) -> bool:
        """Whether every label that it names is there with such a value."""
        return all(fnmatchcase(labels.get(name, ""), value) for name, value in self.match.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRules:
    """The rules in their order, and for how long an alert that comes and goes is one and the same.

    So many people who ask the same within the window are a spike; 0, and nobody looks for one.
    """

    rules: tuple[AlertRule, ...] = ()
    flapping: timedelta = timedelta(minutes=10)
    spike_people: int = 5
    spike_window: timedelta = timedelta(minutes=10)
