"""What an error is called where people read of it: its kind and place, and nothing of anybody's words."""


def describe(error: Exception) -> str:
    """The error's kind and place, without any of the message's text."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = "" if place is None else f" at {place.tb_frame.f_code.co_name}:{place.tb_lineno}"
    return type(error).__name__ + where
