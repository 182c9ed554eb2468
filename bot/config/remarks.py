"""What a configuration allows and its owner may not have meant: who publishes, and who is the second."""

from collections.abc import Iterator

from bot.config.problems import ConfigProblem, as_written
from bot.config.settings import AlertRuleSettings, Desk, Settings


def remarks(settings: Settings) -> Iterator[ConfigProblem]:
    """Everything that is to be said of it, though the bot would run."""
    for name, desk in settings.desk.items():
        yield from _seconds(name, desk)
        yield from _unpublished(name, desk)
        if desk.two_person != "never":
            yield from _rules(name, desk)


def _seconds(name: str, desk: Desk) -> Iterator[ConfigProblem]:
    """A notice that takes two has nobody to be the second, for anybody or for the only one who could be."""
    if desk.two_person == "never":
        return
    approving = {*desk.managers, *(who for who, role in desk.publishers.items() if role == "approve")}
    key = as_written(["desk", name, "two_person"])
    if not approving:
        yield ConfigProblem(key, "config.no_second")
    elif len(approving) == 1:
        yield ConfigProblem(key, "config.one_second", {"person": min(approving)})


def _unpublished(name: str, desk: Desk) -> Iterator[ConfigProblem]:
    """Somebody drafts, and nobody publishes."""
    publishing = {*desk.managers, *(who for who, role in desk.publishers.items() if role != "draft")}
    for who in desk.publishers if not publishing else ():
        yield ConfigProblem(as_written(["desk", name, "publishers", str(who)]), "config.nobody_publishes")


def _rules(name: str, desk: Desk) -> Iterator[ConfigProblem]:
    """A rule publishes alone what takes two people otherwise."""
    for number, rule in enumerate(desk.alerts.rules):
        if rule.publish and _takes_two(desk, rule):
            key = as_written(["desk", name, "alerts", "rules", number, "publish"])
            yield ConfigProblem(key, "config.rule_passes_second")


def _takes_two(desk: Desk, rule: AlertRuleSettings) -> bool:
    """Whether the first notice of an incident does that a rule may open."""
    red = rule.severity in {"", "red"} and desk.two_person_first
    return red or (desk.two_person == "always" and rule.severity != "red")
