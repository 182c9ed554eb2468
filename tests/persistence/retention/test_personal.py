"""Whoever adds a column says whether it is about a customer: else nobody could be forgotten."""

from storage.tables import metadata
from storage.tables.personal import NOBODYS, PERSONAL


def columns(table: str) -> set[str]:
    personal = PERSONAL[table].columns if table in PERSONAL else frozenset[str]()
    return {*personal, *NOBODYS[table].split()}


def test_every_column_is_about_a_customer_or_about_nobody() -> None:
    assert {name: columns(name) for name in NOBODYS} == {
        name: {column.name for column in table.columns} for name, table in metadata.tables.items()
    }


def test_none_is_both() -> None:
    both = {name: about.columns & set(NOBODYS[name].split()) for name, about in PERSONAL.items()}
    assert {name: found for name, found in both.items() if found} == {}


def test_every_reference_to_a_customer_is_about_one() -> None:
    pointing = {
        f"{name}.{column.name}"
        for name, table in metadata.tables.items()
        for column in table.columns
        if any(key.column.table.name == "customers" for key in column.foreign_keys)
    }
    assert pointing <= {f"{name}.{each}" for name, about in PERSONAL.items() for each in about.columns}


def test_what_they_are_found_by_is_there() -> None:
    for about in PERSONAL.values():
        table, _, column = about.found_by.partition(".")
        assert column in metadata.tables[table].columns
