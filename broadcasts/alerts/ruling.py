"""What an alert is about, and how bad it is: by the desk's rules, else by what the source says."""

from collections.abc import Mapping
from dataclasses import dataclass

from broadcasts.alerts.alert import Alert
from broadcasts.incident import Severity
from desk.alert_rule import AlertRule
from desk.profile import Profile

WORDS = {
    Severity.RED: "red critical crit disaster high error err fatal emergency emerg alert page major down "
    "outage p1 sev1",
    Severity.YELLOW: "yellow warning warn average minor medium degraded p2 p3 sev2 sev3",
    Severity.GREEN: "green info information informational notice low debug none ok p4 p5 sev4",
}
BY_WORD: Mapping[str, Severity] = {word: each for each, words in WORDS.items() for word in words.split()}
NAMES = ("component", "service")
"""Labels that may name a component by its id."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a notice about an alert begins with, and whether it goes out by itself."""

    component: str | None
    severity: Severity
    template: str | None
    publish: bool


def rule(profile: Profile, alert: Alert) -> Ruling:
    """The first rule that suits decides; what it leaves open, the alert itself does."""
    labels = {**alert.labels, "source": alert.source.value}
    found = next((each for each in profile.alerts.rules if each.suits(labels)), AlertRule())
    said = BY_WORD.get(alert.severity.casefold(), Severity.YELLOW)
    return Ruling(
        found.component or _named(profile, labels),
        Severity(found.severity) if found.severity else said,
        found.template or None,
        found.publish,
    )


def _named(profile: Profile, labels: Mapping[str, str]) -> str | None:
    known = {each.id.casefold(): each.id for each in profile.components}
    return next((known[word] for name in NAMES if (word := labels.get(name, "").casefold()) in known), None)
