"""The schemes of bank cards: their first digits and lengths; and what other numbers look like them."""

import re
from enum import Enum

_SCHEMES = re.compile(
    r"4\d{12}(?:\d{3}){0,2}"  # Visa
    r"|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"  # Mastercard
    r"|220[0-4]\d{12,15}"  # Mir
    r"|3[47]\d{13}"  # American Express
    r"|35(?:2[89]|[3-8]\d)\d{12,15}|(?:1800|2131)\d{11}"  # JCB
    r"|(?:3[689]\d\d|30[0-5]\d|3095)\d{10}(?:\d{2,5})?"  # Diners Club
    r"|(?:62|81)\d{14,17}"  # UnionPay
    r"|(?:6011|65\d\d|64[4-9]\d)\d{12,15}"  # Discover
    r"|(?:0604|50(?:18|20|38)|5612|5893|6304|6390|67(?:59|6[1-3]|7[157]))\d{8,15}"  # Maestro
    r"|(?:50|5[6-9]|6\d)\d{14,17}"  # Maestro by its whole range
).fullmatch
_PERHAPS_MAESTRO = re.compile(r"(?:50|5[6-9]|6\d)\d{10,13}").fullmatch
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_IBAN_LENGTHS = {
    **dict.fromkeys(["NO"], 15),
    **dict.fromkeys(["BE"], 16),
    **dict.fromkeys(["DK", "FI", "FO", "GL", "NL"], 18),
    **dict.fromkeys(["MK", "SI"], 19),
    **dict.fromkeys(["AT", "BA", "EE", "KZ", "LT", "LU", "XK"], 20),
    **dict.fromkeys(["CH", "HR", "LI", "LV"], 21),
    **dict.fromkeys(["BG", "BH", "CR", "DE", "GB", "GE", "IE", "ME", "RS"], 22),
    **dict.fromkeys(["AE", "GI", "IL", "IQ", "TL"], 23),
    **dict.fromkeys(["AD", "CZ", "ES", "MD", "PK", "RO", "SA", "SE", "SK", "TN", "VG"], 24),
    **dict.fromkeys(["LY", "PT", "ST"], 25),
    **dict.fromkeys(["IS", "TR"], 26),
    **dict.fromkeys(["FR", "GR", "IT", "MC", "MR", "SM"], 27),
    **dict.fromkeys(["AL", "AZ", "BY", "CY", "DO", "GT", "HU", "LB", "PL", "SV"], 28),
    **dict.fromkeys(["BR", "EG", "PS", "QA", "UA"], 29),
    **dict.fromkeys(["JO", "KW", "MU"], 30),
    **dict.fromkeys(["MT", "SC"], 31),
    **dict.fromkeys(["RU"], 33),
}


class SchemeFit(Enum):
    """Whether digits are a card's number: surely, possibly if they are said to be one, or not at all.

    MISTYPED is one with a wrong check digit: many of its digits are right all the same.
    """

    NO = 0
    MISTYPED = 1
    POSSIBLE = 2
    SURE = 3


def fit_of(number: str) -> SchemeFit:
    """How well ASCII digits fit a scheme and its check digit."""
    fit = _scheme_fit(number)
    if fit is SchemeFit.NO or _is_luhn(number):
        return fit
    return SchemeFit.MISTYPED if fit is SchemeFit.SURE and len(number) in {15, 16} else SchemeFit.NO


def is_barcode(number: str) -> bool:
    """Whether it is rather the number of a Russian article: 46… with the check digit of such numbers."""
    if len(number) != 13 or not number.startswith("46"):
        return False
    odd, even = (sum(map(int, number[start::2])) for start in (0, 1))
    return (odd + 3 * even) % 10 == 0


def is_iban(said: str) -> bool:
    """Whether capitals and digits have the length of an account of their country."""
    return _IBAN_LENGTHS.get(said[:2]) == sum(map(str.isalnum, said))


def _is_luhn(number: str) -> bool:
    digits = [ord(each) - 48 for each in reversed(number)]
    return (sum(digits[::2]) + sum(_DOUBLED[each] for each in digits[1::2])) % 10 == 0


def _scheme_fit(number: str) -> SchemeFit:
    if _SCHEMES(number) is not None:
        return SchemeFit.SURE
    return SchemeFit.POSSIBLE if _PERHAPS_MAESTRO(number) is not None else SchemeFit.NO
