"""Where the command line begins, as `factions` and as `python -m factions`: it minds signals from the start."""

from __future__ import annotations

import sys

AGAIN = 1.0
"""Seconds after which an interrupt comes again that something has swallowed."""


class Stopped(KeyboardInterrupt):
    """A signal came. Python remembers a plain KeyboardInterrupt that leaves `exec`, and then ends by SIGINT itself."""


def main() -> int:
    """Run the command and return its exit code; 130 if it was interrupted (SIGINT), 143 if it was ended (SIGTERM).

    A second signal ends it at once, and so does one that comes when the command is done.
    """
    got: list[int] = []
    minded: list[int] = []

    def stop(number: int, frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        got.append(number)
        if hasattr(signal, "setitimer"):  # only Unix has it
            signal.signal(signal.SIGALRM, insist)
            signal.setitimer(signal.ITIMER_REAL, AGAIN, AGAIN)
        raise Stopped

    try:
        import signal  # what is imported here is imported under the eye of the handler below

        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
                minded.append(number)
                signal.signal(number, stop)
        from factions.cli import main as run

        code = run()
    except KeyboardInterrupt:
        code = 130
    except BaseException:  # an import, or compiled code, may make anything of an interrupt
        if not got:
            raise
        code = 130
    finally:
        if got and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        for each in minded:
            signal.signal(each, signal.SIG_DFL)
    return 128 + got[0] if got and code == 130 else code


def insist(number: int, frame: object) -> None:
    """Interrupt again what goes on as if nothing had happened, and leave alone what is ending because of it."""
    error = sys.exc_info()[1]
    while error is not None and not isinstance(error, Stopped):
        error = error.__context__
    if error is None:
        raise Stopped


if __name__ == "__main__":
    sys.exit(main())
