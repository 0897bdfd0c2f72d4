"""Where the command line begins, as `factions` and as `python -m factions`: it minds signals from the start."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

AGAIN = 1.0
"""Seconds after which an interrupt comes again that something has swallowed."""
SOON = 0.01
"""Seconds after which one comes again of which Python has told that it is lost."""


class Stopped(KeyboardInterrupt):
    """A signal came. Python remembers a plain KeyboardInterrupt that leaves `exec`, and then ends by SIGINT itself."""


def main() -> int:
    """Run the command and return its exit code; 130 if it was interrupted (SIGINT), 143 if it was ended (SIGTERM).

    A second signal ends it at once, and so does one that comes when the command is done.
    """
    heed = Heed()
    try:
        try:
            heed.begin()
            from factions.cli import main as run

            code = run()
        finally:
            heed.end()
    except BaseException as error:  # an import, or compiled code, may make anything of an interrupt
        heed.end()  # it may have come in the midst of the first
        if not (heed.got or isinstance(error, KeyboardInterrupt)):
            raise
        code = 130
    return 128 + heed.got[0] if heed.got and code == 130 else code


class Heed:
    """Makes one interrupt of a signal, and sees to it that it is heard. Field: got (numbers of signals that came)."""

    def __init__(self) -> None:
        self.got: list[int] = []
        self._minded: list[int] = []
        self._hooks = sys.excepthook, sys.unraisablehook

    def begin(self) -> None:
        """Mind what is not minded or ignored already."""
        import signal  # under the eye of `main`

        sys.excepthook, sys.unraisablehook = self._printed, self._dropped
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
                self._minded.append(number)
                signal.signal(number, self._stop)

    def end(self) -> None:
        """Leave the next signal to the system."""
        import signal

        for number in self._minded:
            signal.signal(number, signal.SIG_DFL)
        if self.got:
            again(0)
        sys.excepthook, sys.unraisablehook = self._hooks

    def _stop(self, number: int, frame: object) -> None:
        import signal

        signal.signal(number, signal.SIG_DFL)
        self.got.append(number)
        again(AGAIN)
        raise Stopped

    def _printed(self, kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
        """A compiled module prints what happens while it is imported, and then raises something else."""
        if not of_signal(error):
            self._hooks[0](kind, error, place)

    def _dropped(self, what: sys.UnraisableHookArgs) -> None:
        """Python drops what is raised where nothing can be, such as the callback of a weak reference."""
        if of_signal(what.exc_value):
            again(SOON)
        else:
            self._hooks[1](what)


def again(seconds: float) -> None:
    """Interrupt again after some seconds, and then every second; 0: no more."""
    import signal

    if hasattr(signal, "setitimer"):  # only Unix has it
        signal.signal(signal.SIGALRM, insist)
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN if seconds else 0)


def insist(number: int, frame: object) -> None:
    """Interrupt again what goes on as if nothing had happened, and leave alone what is ending because of it."""
    if not of_signal(sys.exc_info()[1]):
        raise Stopped


def of_signal(error: BaseException | None) -> bool:
    """Is an error an interrupt, or something that came of one."""
    while error is not None and not isinstance(error, Stopped):
        error = error.__context__
    return error is not None


if __name__ == "__main__":
    sys.exit(main())
