"""What Meta's codes of errors mean for a letter; Meta asks to go by the code, never by its sentence."""

from desk.letters.letter import ChannelBroken, LetterLate, LetterOutcome, LetterRefused, NobodyThere

REST = {
    2: 60.0,  # the service is down or overloaded
    4: 300.0,  # the application's calls
    80007: 300.0,  # the business account's calls
    130429: 10.0,  # the number's throughput
    131000: 60.0,  # something went wrong, to be tried again
    131016: 60.0,  # the service is unavailable
    131048: 3600.0,  # too many were blocked or taken for spam
    131056: 10.0,  # too many to the same person
    131057: 600.0,  # the account is being looked after
    133004: 60.0,  # the server is unavailable
}
"""Seconds after which the same letter may be tried again."""
NOBODY = frozenset(
    {
        131021,  # the sender's own number
        131026,  # not on WhatsApp, too old a version, or the terms were not accepted
        131030,  # not among the numbers of a test account
        131050,  # the person wants no more of it
    }
)
LETTER = frozenset(
    {
        1,  # an invalid request, or an unknown error
        100,  # a parameter that does not exist or does not fit
        130472,  # the person is part of an experiment of Meta's
        131008,  # a parameter is missing
        131009,  # a parameter's value does not fit
        131047,  # would need a template
        131049,  # Meta has decided not to deliver it
        131051,  # a kind of message that does not exist
        132005,  # too long with its words filled in
        132018,  # a variable with line ends, tabs or many spaces
    }
)


def refusal(code: int) -> LetterOutcome:
    """The outcome by the code. What is neither here nor there is the whole channel's: the token (0, 190),
    rights (3, 10, 200–299, 131005), the account (368, 130497, 131031, 131042), the number (33, 133010),
    the template (132000, 132001, 132007, 132012, 132015, 132016, 132068, 132069).
    """
    reason = str(code)
    if code in REST:
        return LetterLate(reason, REST[code])
    if code in NOBODY:
        return NobodyThere(reason)
    return LetterRefused(reason) if code in LETTER else ChannelBroken(reason)
