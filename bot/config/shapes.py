"""The shape that a model gives each key: a table, a table of the operator's names, a list, or one value."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

KeyPart = str | int
KeyPath = tuple[KeyPart, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value: a text, a number, a choice."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose keys are ours; it has several models where one of its keys chooses between them."""

    models: tuple[type[BaseModel], ...]

    def by_key(self) -> dict[str, "Shape"]:
        """Every key with its shape."""
        found: dict[str, Shape] = {}
        for name, field in chain.from_iterable(model.model_fields.items() for model in self.models):
            key = field.validation_alias if isinstance(field.validation_alias, str) else name
            shape = shape_of(field.annotation)
            found[key] = _either([found.get(key, shape), shape])
        return found

    def chosen(self, tag: KeyPart) -> "Table":
        """The one model whose choosing key has this value."""
        fitting = [model for model in self.models if tag in _choices(model)]
        return Table((fitting[0] if fitting else self.models[0],))


@dataclass(frozen=True, slots=True)
class Named:
    """A table whose keys the operator names."""

    each: "Shape"


@dataclass(frozen=True, slots=True)
class Listed:
    """A list."""

    each: "Shape"


Shape = Value | Table | Named | Listed


def shape_of(annotation: Any) -> Shape:
    """The shape of what is annotated so; TypeError where it may have two, as nobody could be told which."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    kind, inner = get_origin(annotation) or annotation, get_args(annotation)
    if kind in (Union, UnionType):
        return _either([shape_of(each) for each in inner if each is not NoneType])
    if not isinstance(kind, type) or issubclass(kind, str | bytes):
        return Value()
    if issubclass(kind, BaseModel):
        return Table((kind,))
    if issubclass(kind, Mapping):
        return Named(shape_of(inner[1]) if inner else Value())
    if issubclass(kind, Sequence | Set):
        return Listed(shape_of(inner[0]) if inner else Value())
    return Value()


def _either(shapes: Sequence[Shape]) -> Shape:
    tables = [shape for shape in shapes if isinstance(shape, Table)]
    if len(tables) == len(shapes):
        return Table(tuple(dict.fromkeys(model for table in tables for model in table.models)))
    if len(set(shapes)) > 1:
        raise TypeError("a key of the configuration has one shape")
    return shapes[0]


def _choices(model: type[BaseModel]) -> set[object]:
    annotations = [field.annotation for field in model.model_fields.values()]
    return {choice for each in annotations if get_origin(each) is Literal for choice in get_args(each)}


def inside(shape: Shape, step: KeyPart) -> Shape:
    """The shape one step further; what the model does not know has the shape of a value."""
    match shape, step:
        case Table(), str():
            return shape.by_key().get(step, Value())
        case (Named(each), str()) | (Listed(each), int()):
            return each
        case _:
            return Value()


def follow(shape: Shape, location: Iterable[KeyPart]) -> tuple[KeyPath, Shape]:
    """Where a location of pydantic's leads: the steps as people write them, and the shape there."""
    path: list[KeyPart] = []
    for part in location:
        # Between two steps pydantic names the model that was chosen.
        if isinstance(shape, Table) and len(shape.models) > 1:
            shape = shape.chosen(part)
            continue
        path.append(part)
        shape = inside(shape, part)
    return tuple(path), shape


def steps(given: object) -> Iterator[tuple[KeyPart, object]]:
    """What is inside, by name or position; nothing is inside a value."""
    if isinstance(given, dict):
        yield from given.items()
    elif isinstance(given, list):
        yield from enumerate(given)


def at(given: object, step: KeyPart) -> object:
    """What is inside under this name or at this position, None if nothing is."""
    return dict(steps(given)).get(step)


def places(shape: Shape, given: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Shape, object]]:
    """Everything given, from the outside in: its path, the shape it should have, and what it is."""
    yield path, shape, given
    for step, below in steps(given):
        yield from places(inside(shape, step), below, (*path, step))
