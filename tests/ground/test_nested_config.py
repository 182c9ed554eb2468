"""Tables and lists below a desk: read from file and environment alike, explained at any depth."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import ConfigProblems
from bot.config.across import tables
from bot.config.shapes import shape_of
from bot.config.variables import as_spoken
from tests.ground.nested_settings import DESK, Tree, problems, read, read_all, toml

TEAM = "[desk.main.teams.billing]\ngroup = -5\n"
COMPONENTS = '[[desk.main.components]]\nname = "web"\n[[desk.main.components]]\nname = "api"\n'
MAIN = "OTKLIK_DESK__MAIN__"


def main(**variables: str) -> dict[str, str]:
    return {MAIN + name: value for name, value in variables.items()}


def test_a_table_below_a_desk_is_reached(tmp_path: Path) -> None:
    desk = read(tmp_path, TEAM, main(TEAMS__BILLING__NAME="Money", TEAMS__NIGHT_SHIFT__GROUP="-7"))
    assert desk.teams["billing"].name == "Money"
    assert desk.teams["billing"].group == -5
    assert desk.teams["night_shift"].group == -7


def test_one_table_of_ours_needs_no_name(tmp_path: Path) -> None:
    desk = read(tmp_path, "", main(HOURS__ALWAYS="true", HOURS__LINES='["mon 10:00-11:00"]'))
    assert (desk.hours.always, desk.hours.lines) == (True, ("mon 10:00-11:00",))


@pytest.mark.parametrize("name", ["Night-Shift", "night__shift", "a_", "A-", "teams__x__group"])
def test_names_of_the_file_are_found_however_they_are_written(tmp_path: Path, name: str) -> None:
    spoken = as_spoken(name).upper()
    teams = f"[desk.main.teams.{name}]\ngroup = -5\n"
    desk = read(tmp_path, teams, main(**{f"TEAMS__{spoken}__NAME": "found"}))
    assert {key: team.name for key, team in desk.teams.items()} == {name: "found"}
    labels = f'[desk.main.tree.labels]\n"{name}" = "lost"\n'
    assert read(tmp_path, labels, main(**{f"TREE__LABELS__{spoken}": "found"})).tree.labels == {name: "found"}


@pytest.mark.parametrize(
    ("variable", "value", "path"),
    [
        ("SECOND__SHOP__TOKEN", "7:X", "second__shop"),
        ("SECOND__TEAMS__A__GROUP", "-6", "second teams a"),
        ("SECOND__TEAMS__A__NAME", "x", "second teams a"),
        ("MAIN__OTHER__TOKEN", "7:X", "main__other"),
        ("MAIN__TEAMS__A__B__GROUP", "-6", "main teams a__b"),
        ("MAIN__TEAMS__A__LABELS__X__Y", "x", "main teams a labels x__y"),
        ("MAIN__TEAMS__A__ON_CALL__X__Y", "[7]", "main teams a on_call x__y"),
    ],
)
def test_a_name_that_only_the_environment_has_leaves_known_keys_behind(
    tmp_path: Path, variable: str, value: str, path: str
) -> None:
    """With a double underscore in it, too; the shorter name where several would do."""
    desk, *inner = path.split()
    environ = {
        f"OTKLIK_DESK__{desk.upper()}__TOKEN": "7:X",
        f"OTKLIK_DESK__{desk.upper()}__OPERATORS_GROUP": "-6",
    }
    if "teams" in inner:
        environ[f"OTKLIK_DESK__{desk.upper()}__TEAMS__{inner[1].upper()}__GROUP"] = "-6"
    environ[f"OTKLIK_DESK__{variable}"] = (
        "[7]" if "ON_CALL" in variable else "7:X" if "TOKEN" in variable else "-6"
    )
    found: Any = read_all(tmp_path, DESK, environ).model_dump()["desk"]
    assert set(found) == {"main", desk}
    for step in path.split():
        assert step in found
        found = found[step]


def test_of_two_names_of_the_file_the_longer_is_meant(tmp_path: Path) -> None:
    text = TEAM + "[desk.main.teams.billing__labels]\ngroup = -6\n"
    teams = read(tmp_path, text, main(TEAMS__BILLING__LABELS__NAME="x", TEAMS__BILLING__LABELS__Y="z")).teams
    assert (teams["billing__labels"].name, teams["billing"].labels) == ("x", {"y": "z"})


def test_a_list_of_tables_is_reached_as_a_whole_and_by_position(tmp_path: Path) -> None:
    whole = main(COMPONENTS='[{"name": "one"}, {"name": "two", "weight": 3}]')
    assert [each.name for each in read(tmp_path, COMPONENTS, whole).components] == ["one", "two"]
    one = read(tmp_path, COMPONENTS, main(COMPONENTS__1__WEIGHT="4")).components
    assert [(each.name, each.weight) for each in one] == [("web", 1), ("api", 4)]
    both = whole | main(COMPONENTS__1__NAME="second", COMPONENTS__2__NAME="third")
    assert [each.name for each in read(tmp_path, COMPONENTS, both).components] == ["one", "second", "third"]
    deep = main(COMPONENTS__0__HOURS__LINES__0="mon 10:00-11:00")
    assert read(tmp_path, COMPONENTS, deep).components[0].hours is not None


def test_twelve_positions_come_in_their_order(tmp_path: Path) -> None:
    environ = main(**{f"COMPONENTS__{number}__NAME": str(number) for number in range(12)})
    names = [each.name for each in read(tmp_path, "", environ).components]
    assert names == [str(number) for number in range(12)]


def test_lists_of_values_have_positions_too(tmp_path: Path) -> None:
    desk = read(tmp_path, "managers = [1, 2]\n", main(MANAGERS__0="8", MANAGERS__2="9"))
    assert desk.managers == (8, 2, 9)


def test_a_table_as_a_whole_takes_the_place_of_the_file_s(tmp_path: Path) -> None:
    desk = read(tmp_path, TEAM, main(TEAMS='{"Sales": {"group": -6}}', TEAMS__SALES__NAME="Sales"))
    assert {name: (team.group, team.name) for name, team in desk.teams.items()} == {"Sales": (-6, "Sales")}
    assert read(tmp_path, TEAM, main(TEAMS__BILLING='{"group": -9}')).teams["billing"].group == -9


def test_a_model_is_chosen_by_its_kind(tmp_path: Path) -> None:
    environ = main(
        PUBLISHERS__0__KIND="mail", PUBLISHERS__0__ADDRESS="a@b", PUBLISHERS__1='{"kind": "channel"}'
    )
    assert problems(tmp_path, "", environ) == ["desk.main.publishers[1].chat: required, and it is not there"]
    environ |= main(PUBLISHERS__1__CHAT="-7")
    assert [each.kind for each in read(tmp_path, "", environ).publishers] == ["mail", "channel"]


SECRET = "SECRET"
MISSING, UNKNOWN = "required, and it is not there", "there is no such key"
A_TABLE, A_VALUE = "must be one value, and here is a table", "must be one value, and here is a list"
LISTED = "must be a list of tables, each under a line [[desk.main.{}]]"
DOUBLE = "there may be several of these tables, so the brackets are double: [[desk.main.components]]"
ALIKE = "too like desk.main.teams.a-b: environment variables could not tell them apart"
MAIL = '[[desk.main.publishers]]\nkind = "mail"\naddress = "x"\n'


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        (TEAM + "nmae = 1", "teams.billing.nmae", f"{UNKNOWN}; is it name?"),
        (COMPONENTS + "wieght = 1", "components[1].wieght", f"{UNKNOWN}; is it weight?"),
        (COMPONENTS + "hours.line = []", "components[1].hours.line", f"{UNKNOWN}; is it lines?"),
        ("[desk.main.team.billing]\ngroup = -5", "team", f"{UNKNOWN}; is it teams?"),
        (MAIL + "adres = 1", "publishers[0].adres", f"{UNKNOWN}; is it address?"),
        (MAIL + "chat = -5", "publishers[0].chat", UNKNOWN),
        ('teams."a b".group = -5', 'teams."a b"', "a table's name is latin letters, digits, - and _"),
        ("teams.a-b.group = -5\nteams.A_b.group = -5", "teams.A_b", ALIKE),
        ("name.x = 1", "name", A_TABLE),
        ("name = ['x']", "name", A_VALUE),
        ("managers = [[1]]", "managers[0]", A_VALUE),
        ("managers.x = 1", "managers", "must be a list in square brackets"),
        ("hours = 'SECRET'", "hours", "must be a table: [desk.main.hours]"),
        ("[[desk.main.hours]]", "hours", "must be one table, in single brackets: [desk.main.hours]"),
        ("teams = 5", "teams", "must be a table: [desk.main.teams]"),
        ("teams.a = 'SECRET'", "teams.a", "must be a table: [desk.main.teams.a]"),
        (COMPONENTS + "hours = 5", "components[1].hours", "must be a table: [desk.main.components.hours]"),
        ("components = 'SECRET'", "components", LISTED.format("components")),
        ("components = ['SECRET']", "components[0]", LISTED.format("components")),
        ("components = [['SECRET']]", "components[0]", LISTED.format("components")),
        ("publishers = ['SECRET']", "publishers[0]", LISTED.format("publishers")),
        ("[desk.main.components]\nname = 'SECRET'", "components", DOUBLE),
        ("teams.a.group = 'SECRET'", "teams.a.group", "must be a whole number"),
        ("teams.a.name = 'x'", "teams.a.group", MISSING),
        ("hours.always = 'SECRET'", "hours.always", "must be true or false"),
        ("[[desk.main.publishers]]\naddress = 'x'", "publishers[0].kind", MISSING),
        ("shifts.SECRET.always = true", "shifts.SECRET", "must be one of: day, night"),
        ("publishers = [{kind = 'SECRET'}]", "publishers[0].kind", "must be one of: channel, mail"),
    ],
)
def test_one_wrong_thing_is_one_line(tmp_path: Path, text: str, key: str, said: str) -> None:
    """The key as people write it, what is wrong with it, and not a word of what was typed."""
    assert problems(tmp_path, text, {}) == [f"desk.main.{key}: {said}"]
    (russian,) = problems(tmp_path, text, {}, "ru")
    assert russian.startswith(f"desk.main.{key}: ")
    assert SECRET not in russian.removeprefix(f"desk.main.{key}: ")


JSON_LIST = "the variable {} must hold a JSON list such as [1001, 1002]"
JSON_TABLE = 'the variable {} must hold a JSON table such as {{"name": "…"}}'
JSON_TABLES = 'the variable {} must hold a JSON list of tables such as [{{"name": "…"}}]'
POSITION = "in the variable {} the list's name is followed by a position in it: 0, 1, 2… without gaps"


@pytest.mark.parametrize(
    ("variable", "value", "key", "said"),
    [
        ("TEAMS__BILLING__GROPU", "-6", "teams.billing.gropu", f"{UNKNOWN}; is it group?"),
        ("TEAMS__BILLING__COLOUR", SECRET, "teams.billing.colour", UNKNOWN),
        ("TEMS__BILLING__NAME", SECRET, "tems", f"{UNKNOWN}; is it teams?"),
        ("COMPONETS__0__NAME", SECRET, "componets", f"{UNKNOWN}; is it components?"),
        ("NAME__FIRST", SECRET, "name.first", UNKNOWN),
        ("TEAMS", '["SECRET"]', "teams", JSON_TABLE),
        ("TEAMS__NEW", SECRET, "teams.new", JSON_TABLE),
        ("HOURS__LINES", SECRET, "hours.lines", JSON_LIST),
        ("HOURS__LINES", "[" * 100_000, "hours.lines", JSON_LIST),
        ("COMPONENTS", SECRET, "components", JSON_TABLES),
        ("COMPONENTS", '{"name": "SECRET"}', "components", JSON_TABLES),
        ("COMPONENTS", '["SECRET"]', "components[0]", LISTED.format("components")),
        ("COMPONENTS__0", SECRET, "components[0]", JSON_TABLE),
        ("COMPONENTS__1__WEIGHT", SECRET, "components[1].weight", "must be a whole number"),
        ("COMPONENTS__3__NAME", SECRET, "components", POSITION),
        ("COMPONENTS__WEB__NAME", SECRET, "components", POSITION),
    ],
)
def test_one_wrong_variable_is_one_line(
    tmp_path: Path, variable: str, value: str, key: str, said: str
) -> None:
    """The same, with the variable named where the file may be right."""
    environ = {f"{MAIN}{variable}": value}
    found = problems(tmp_path, TEAM + COMPONENTS, environ)
    assert found == [f"desk.main.{key}: {said.format(MAIN + variable)}"]
    assert SECRET not in "".join(problems(tmp_path, TEAM + COMPONENTS, environ, "ru"))


def test_a_gap_in_a_list_makes_no_desk_of_that_name(tmp_path: Path) -> None:
    environ = {"OTKLIK_DESK__NEW__COMPONENTS__5__NAME": SECRET}
    assert problems(tmp_path, "", environ)[0].startswith("desk.new.components: in the variable")


def test_a_position_that_is_no_table_leaves_the_next_its_place(tmp_path: Path) -> None:
    environ = main(COMPONENTS__0=SECRET, COMPONENTS__1__NAME="x")
    assert len(problems(tmp_path, "", environ)) == 1


def test_all_problems_come_at_once_at_any_depth(tmp_path: Path) -> None:
    text = "nmae = 1\n[desk.main.teams.a]\ngroup = 5\n[[desk.main.components]]\nweight = 'x'\n"
    environ = main(HOURS__LINES="x", TEAMS__B__NAME="x", PUBLISHERS__0__KIND="mail")
    assert sorted(line.partition(": ")[0] for line in problems(tmp_path, text, environ)) == [
        "desk.main.components[0].name",
        "desk.main.components[0].weight",
        "desk.main.hours.lines",
        "desk.main.nmae",
        "desk.main.publishers[0].address",
        "desk.main.teams.a.group",
        "desk.main.teams.b.group",
    ]


def test_keys_are_compared_leniently_at_any_depth() -> None:
    raw = {"desk": {"a": {"teams": {"x": {"n": 1}, "y": 5}}, "b": "no table", "c": {"teams": [{"n": 2}]}}}
    assert dict(tables(raw, "desk", ..., "teams", ...)) == {
        ("desk", "a", "teams", "x"): {"n": 1},
        ("desk", "c", "teams", 0): {"n": 2},
    }


def test_a_key_of_two_shapes_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="one shape"):
        shape_of(str | list[str])


WORDS = st.text(st.characters(exclude_categories=["C"]), max_size=4)
NUMBERS = st.integers(-(2**40), 2**40)
PLAIN = st.from_regex(r"[xyz0]{1,3}(_[xyz0]{1,2})?", fullmatch=True)
ANY_NAME = st.text("xyzXYZ09_-", min_size=1, max_size=5)


def trees(names: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Any nesting of the ways there are; names side by side differ when spoken."""
    values = {"text": WORDS, "number": NUMBERS, "agreed": st.booleans()}

    def named(each: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
        pairs = st.lists(st.tuples(names, each), max_size=3, unique_by=lambda pair: as_spoken(pair[0]))
        return pairs.map(dict)

    def grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
        more = {"branch": inner, "branches": named(inner), "row": st.lists(inner, max_size=3)}
        more |= {"numbers": st.lists(NUMBERS, max_size=3), "labels": named(WORDS)}
        return st.fixed_dictionaries({}, optional=values | more)

    return st.recursive(st.fixed_dictionaries({}, optional=values), grown, max_leaves=12)


def variables(value: Any, name: str, draw: st.DataObject) -> Iterator[tuple[str, str]]:
    """The same as variables: each table and list either whole or piece by piece."""
    if not isinstance(value, dict | list):
        yield name, value if isinstance(value, str) else json.dumps(value)
    elif not value or draw.draw(st.booleans(), label=f"{name} whole"):
        yield name, json.dumps(value)
    else:
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from variables(inner, f"{name}__{as_spoken(str(step)).upper()}", draw)


QUIETLY = settings(
    deadline=None,
    database=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@QUIETLY
@given(tree=trees(PLAIN), data=st.data())
def test_what_the_environment_sets_is_what_the_file_would_set(
    tmp_path: Path, tree: dict[str, Any], data: st.DataObject
) -> None:
    environ = dict(variables(tree, f"{MAIN}TREE", data))
    from_file = read(tmp_path, f"tree = {toml(tree)}")
    assert read(tmp_path, "", environ) == from_file
    assert from_file.tree == Tree.model_validate(tree)


def scalars_changed(value: Any) -> Any:
    """The same nesting with every value another."""
    match value:
        case dict():
            return {key: scalars_changed(each) for key, each in value.items()}
        case list():
            return [scalars_changed(each) for each in value]
        case bool():
            return not value
        case int():
            return value + 1
        case _:
            return f"{value}!"


@QUIETLY
@given(tree=trees(ANY_NAME), data=st.data())
def test_what_the_environment_sets_wins_under_whatever_name_the_file_gave(
    tmp_path: Path, tree: dict[str, Any], data: st.DataObject
) -> None:
    environ = dict(variables(tree, f"{MAIN}TREE", data))
    other = f"tree = {toml(scalars_changed(tree))}"
    assert read(tmp_path, other, environ) == read(tmp_path, f"tree = {toml(tree)}")


STEPS = ["TEAMS", "BILLING", "GROUP", "COMPONENTS", "0", "2", "99999", "HOURS", "LINES", "PUBLISHERS", "KIND"]
STEPS += ["TREE", "ROW", "BRANCHES", "LABELS", "X", "_"]
TEXTS = st.sampled_from(["5", "[5]", '{"x": 5}', '[{"x": [5]}]', '{"\\ud800\\n": {}}', "9" * 5000]) | WORDS


@QUIETLY
@given(names=st.lists(st.lists(st.sampled_from(STEPS) | WORDS, min_size=1), min_size=1), text=TEXTS)
def test_no_variable_brings_the_reading_down(tmp_path: Path, names: list[list[str]], text: str) -> None:
    """Whatever it is called and holds, there are settings or there are problems of a line each."""
    try:
        read(tmp_path, TEAM + COMPONENTS, {MAIN + "__".join(steps): text for steps in names})
    except ConfigProblems as refused:
        lines = [*refused.lines("ru"), *refused.lines("en")]
        assert all("\n" not in line and line.encode() for line in lines)
