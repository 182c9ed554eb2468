"""Numbers as people write them: of cards, by scheme, and others with many digits."""

from collections.abc import Callable
from random import Random

SCHEMES = {
    "Visa": (["4"], [13, 16, 19]),
    "Mastercard": (["51", "52", "53", "54", "55", "2221", "2300", "2555", "2699", "2720"], [16]),
    "Mir": (["2200", "2201", "2202", "2203", "2204"], [16, 17, 18, 19]),
    "American Express": (["34", "37"], [15]),
    "JCB": (["3528", "3555", "3589"], [16, 19]),
    "Diners Club": (["300", "305", "36", "38", "39"], [14]),
    "UnionPay": (["62"], [16, 17, 18, 19]),
    "Discover": (["6011", "644", "649", "65"], [16, 19]),
    "Maestro": (
        ["5018", "5020", "5038", "5893", "6304", "6759", "6761", "6762", "6763"],
        list(range(12, 20)),
    ),
    "Maestro, others": (["50", "56", "57", "58", "639002", "676195"], [16, 18, 19]),
}
"""The first digits and the lengths of each scheme's numbers."""


def with_check_digit(body: str) -> str:
    """The number with the last digit that Luhn's rule asks for, worked out by the book."""
    total = 0
    for place, each in enumerate(reversed(body)):
        digit = int(each) * (2 if place % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return body + str(-total % 10)


def digits(random: Random, count: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(count))


def grouped(number: str, *sizes: int, by: str = " ") -> str:
    """The number in groups; the last size goes on."""
    parts, start, size = [], 0, sizes[0]
    for turn in range(len(number)):
        size = sizes[min(turn, len(sizes) - 1)]
        if start >= len(number):
            break
        parts.append(number[start : start + size])
        start += size
    return by.join(parts)


def phone(random: Random) -> str:
    code, said = digits(random, 2), digits(random, 7)
    shapes = [
        "+7 9{} {}-{}-{}",
        "8 (9{}) {}-{}-{}",
        "+79{}{}{}{}",
        "89{}{}{}{}",
        "8-9{}-{}-{}-{}",
        "9{} {} {} {}",
    ]
    return random.choice(shapes).format(code, said[:3], said[3:5], said[5:])


def foreign_phone(random: Random) -> str:
    code = random.choice(["375", "380", "998", "996", "992", "49", "44", "1", "62", "86", "60", "55"])
    number = digits(random, random.randint(9, 10))
    return "+" + random.choice([code + number, f"{code} {number[:2]} {number[2:5]} {number[5:]}"])


def order(random: Random) -> str:
    word = random.choice(["заказ № ", "заказ ", "ORD-", "№", "#", "номер заказа: ", "order ", ""])
    return word + digits(random, random.randint(4, 12))


def long_order(random: Random) -> str:
    return random.choice(["заказ № ", "номер заказа ", "order #"]) + digits(random, random.randint(13, 19))


def iban(random: Random) -> str:
    country, length = random.choice(
        [("DE", 22), ("FR", 27), ("GB", 22), ("BE", 16), ("NO", 15), ("KZ", 20), ("NL", 18)]
    )
    letters = {"GB": "NWBK", "NL": "ABNA"}.get(country, "")
    number = country + digits(random, 2) + letters + digits(random, length - 4 - len(letters))
    return random.choice([number, grouped(number, 4)])


def account(random: Random) -> str:
    number = random.choice(["40817810", "40702810", "42301810", "30101810", "40817840"]) + digits(random, 12)
    return random.choice(["р/с ", "счёт ", ""]) + random.choice(
        [number, grouped(number, 4), grouped(number, 5, 3, 1, 4, 7)]
    )


def parcel(random: Random) -> str:
    index = str(random.randint(101000, 699999))
    return random.choice(
        [
            index + digits(random, 8),
            f"RA{digits(random, 9)}RU",
            "1Z" + digits(random, 16),
            f"{digits(random, 8)}-{digits(random, 4)}-1",
            "10" + digits(random, 8),
            "9400" + digits(random, 18),
        ]
    )


def moment(random: Random) -> str:
    year, month, day = random.randint(1990, 2030), random.randint(1, 12), random.randint(1, 28)
    clock = f"{random.randint(0, 23):02}:{random.randint(0, 59):02}"
    return random.choice(
        [f"{day:02}.{month:02}.{year} {clock}", f"{year}-{month:02}-{day:02}T{clock}:00.{digits(random, 3)}"]
    )


def tax_number(random: Random) -> str:
    region = f"{random.randint(1, 92):02}"
    return random.choice(
        [
            "ИНН " + region + digits(random, 8),
            region + digits(random, 10),
            f"{random.choice('15')}{random.randint(2, 26):02}{region}{digits(random, 8)}",
            f"3{random.randint(4, 26):02}{digits(random, 12)}",
            f"{digits(random, 3)}-{digits(random, 3)}-{digits(random, 3)} {digits(random, 2)}",
            f"{digits(random, 2)} {digits(random, 2)} {digits(random, 6)}",
        ]
    )


def money(random: Random) -> str:
    return (
        f"{random.randint(1, 99)} {digits(random, 3)} ₽ из {random.randint(1, 99)} {digits(random, 3)} рублей"
    )


OTHERS: dict[str, Callable[[Random], str]] = {
    "telephones": phone,
    "telephones abroad": foreign_phone,
    "orders": order,
    "long orders": long_order,
    "IBANs": iban,
    "accounts": account,
    "parcels": parcel,
    "dates": moment,
    "INN, OGRN, SNILS, passports": tax_number,
    "money": money,
}
