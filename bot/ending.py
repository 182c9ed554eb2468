"""Signals that end the process."""

import signal

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def ending() -> tuple[signal.Signals, ...]:
    """Those to be heard; a SIGHUP that nohup has switched off stays off."""
    ignored = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    return tuple(each for each in ENDING if each is not signal.SIGHUP or not ignored)
