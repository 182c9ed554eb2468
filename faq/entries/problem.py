"""What is wrong with the knowledge base, told so that a machine and a person can both use it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class ProblemKind(StrEnum):
    """Each kind is a key for a text in every locale; its placeholders are the problem's params."""

    UNREADABLE = "unreadable"
    SYNTAX = "syntax"
    EMPTY_FILE = "empty_file"
    NOT_A_LIST = "not_a_list"
    NOT_A_TABLE = "not_a_table"
    UNKNOWN_KEY = "unknown_key"
    REPEATED_KEY = "repeated_key"
    MISSING_KEY = "missing_key"
    WRONG_TYPE = "wrong_type"
    EMPTY_TEXT = "empty_text"
    UNSEEN = "unseen"
    BAD_ID = "bad_id"
    REPEATED_ID = "repeated_id"
    BAD_LANGUAGE = "bad_language"
    MISSING_MEDIA = "missing_media"
    BAD_MEDIA = "bad_media"
    FOREIGN_MEDIA = "foreign_media"
    NEVER_VALID = "never_valid"
    TEMPLATE_SYNTAX = "template_syntax"
    TEMPLATE_FEATURE = "template_feature"
    UNKNOWN_VARIABLE = "unknown_variable"
    HTML_BRACKET = "html_bracket"
    HTML_TAG = "html_tag"
    HTML_ATTRIBUTE = "html_attribute"
    HTML_ENTITY = "html_entity"
    HTML_UNCLOSED = "html_unclosed"
    HTML_UNOPENED = "html_unopened"
    TOO_LONG = "too_long"
    UNKNOWN_FORMAT = "unknown_format"
    NO_COLUMN = "no_column"
    TOO_BIG = "too_big"
    NOTHING_FOUND = "nothing_found"
    NOT_A_QUESTION = "not_a_question"
    NO_SUCH_ENTRY = "no_such_entry"
    NOT_A_GLOSSARY = "not_a_glossary"


_ENGLISH = {
    ProblemKind.UNREADABLE: "the file cannot be read: {reason}",
    ProblemKind.SYNTAX: "not valid here: {reason}",
    ProblemKind.EMPTY_FILE: "the file is empty (write [] if that is meant)",
    ProblemKind.NOT_A_LIST: "the file must be a list of entries, each beginning with '- id: …'",
    ProblemKind.NOT_A_TABLE: "an entry must be a table of keys",
    ProblemKind.UNKNOWN_KEY: "unknown key '{key}'",
    ProblemKind.REPEATED_KEY: "'{key}' is written twice",
    ProblemKind.MISSING_KEY: "'{key}' is missing",
    ProblemKind.WRONG_TYPE: "'{key}' must be {expected}",
    ProblemKind.EMPTY_TEXT: "'{key}' is empty",
    ProblemKind.UNSEEN: "'{key}' has a sign that cannot be seen, {sign}",
    ProblemKind.BAD_ID: "bad id '{id}': up to {limit} latin letters, digits and signs, no spaces or colons",
    ProblemKind.REPEATED_ID: "this id is already used in {first}",
    ProblemKind.BAD_LANGUAGE: "'{language}' in '{key}' is not a language code such as ru or en",
    ProblemKind.MISSING_MEDIA: "the file '{media}' is not there",
    ProblemKind.BAD_MEDIA: "'{media}' is no file of Telegram's (write telegram:photo:… with its file_id)",
    ProblemKind.FOREIGN_MEDIA: (
        "the file '{media}' may not be attached: it must be a picture, film, sound or document in the folder"
        " media beside the FAQ file"
    ),
    ProblemKind.NEVER_VALID: "'valid_until' comes before 'valid_from'",
    ProblemKind.TEMPLATE_SYNTAX: "the answer cannot be read as a template: {reason}",
    ProblemKind.TEMPLATE_FEATURE: (
        "an answer may have variables, conditions and simple filters, but not '{feature}'"
    ),
    ProblemKind.UNKNOWN_VARIABLE: "unknown variable '{name}' (there are: {known})",
    ProblemKind.HTML_BRACKET: "a '<' that begins no tag must be written as &lt;",
    ProblemKind.HTML_TAG: "Telegram does not know the tag <{tag}>",
    ProblemKind.HTML_ATTRIBUTE: "the tag <{tag}> needs {attribute}",
    ProblemKind.HTML_ENTITY: "Telegram does not know {entity}; write the character itself",
    ProblemKind.HTML_UNCLOSED: "<{tag}> is not closed",
    ProblemKind.HTML_UNOPENED: "</{tag}> closes nothing",
    ProblemKind.TOO_LONG: "the answer has {length} characters, Telegram takes {limit}",
    ProblemKind.UNKNOWN_FORMAT: "'{suffix}' is not a kind of file that can be read (there are: {known})",
    ProblemKind.NO_COLUMN: "no column '{column}' (columns found: {found})",
    ProblemKind.TOO_BIG: "the workbook is larger than {limit} MB once it is unpacked",
    ProblemKind.NOTHING_FOUND: "no question with an answer is found in the file",
    ProblemKind.NOT_A_QUESTION: "a line must be a JSON object with texts 'text' and 'intent'",
    ProblemKind.NO_SUCH_ENTRY: (
        "no entry has the id '{intent}'; every answer to its questions ({n}) counts as wrong"
    ),
    ProblemKind.NOT_A_GLOSSARY: "a glossary is a list of groups of two or more words: '- [card, plastic]'",
}

_EXPECTED = {
    "text": "a text",
    "list": "a list of texts",
    "table": "a table with plain keys",
    "date": "a date such as 2030-12-31",
    "flag": "true or false",
    "season": "days of every year such as 12-01..01-15",
    "share": "a number from 0 to 1",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, with the place where a person will find it."""

    path: Path
    line: int
    entry: str
    kind: ProblemKind
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        entry = f", entry {self.entry}" if self.entry else ""
        params = dict(self.params)
        if "expected" in params:
            params["expected"] = _EXPECTED[str(params["expected"])]
        return f"{self.path.name}, line {self.line}{entry}: {_ENGLISH[self.kind].format(**params)}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that does not know its file yet; `line` counts from 0 within the text, where known."""

    kind: ProblemKind
    params: Mapping[str, str | int] = field(default_factory=dict, hash=False)
    line: int | None = None


class BrokenFaq(Exception):  # noqa: N818 - the house names its exceptions in plain words
    """The files cannot be used; all that is wrong with them is in `problems`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
