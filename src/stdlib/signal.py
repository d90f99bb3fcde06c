"""Signals: handlers for what the system tells a process from outside, Ctrl-C before all.

A handler runs in the main thread, between two instructions of the program.

Source: Library Reference "signal".
"""

import _signal
import enum
from _signal import (
    ITIMER_PROF,
    ITIMER_REAL,
    ITIMER_VIRTUAL,
    NSIG,
    ItimerError,
    alarm,
    default_int_handler,
    getitimer,
    pause,
    pthread_kill,
    raise_signal,
    setitimer,
    siginterrupt,
)

_numbers = {
    name: value
    for name, value in vars(_signal).items()
    if name.startswith("SIG") and not name.startswith("SIG_")
}

Signals = enum.IntEnum("Signals", _numbers, module=__name__)
Handlers = enum.IntEnum(
    "Handlers", {"SIG_DFL": _signal.SIG_DFL, "SIG_IGN": _signal.SIG_IGN}, module=__name__
)
Sigmasks = enum.IntEnum(
    "Sigmasks",
    {
        "SIG_BLOCK": _signal.SIG_BLOCK,
        "SIG_UNBLOCK": _signal.SIG_UNBLOCK,
        "SIG_SETMASK": _signal.SIG_SETMASK,
    },
    module=__name__,
)
for _enumeration in (Signals, Handlers, Sigmasks):
    globals().update(_enumeration.__members__)
del _enumeration, _numbers

_TEXTS = {
    1: "Hangup",
    2: "Interrupt",
    3: "Quit",
    4: "Illegal instruction",
    5: "Trace/breakpoint trap",
    6: "Aborted",
    7: "Bus error",
    8: "Floating point exception",
    9: "Killed",
    10: "User defined signal 1",
    11: "Segmentation fault",
    12: "User defined signal 2",
    13: "Broken pipe",
    14: "Alarm clock",
    15: "Terminated",
    16: "Stack fault",
    17: "Child exited",
    18: "Continued",
    19: "Stopped (signal)",
    20: "Stopped",
    21: "Stopped (tty input)",
    22: "Stopped (tty output)",
    23: "Urgent I/O condition",
    24: "CPU time limit exceeded",
    25: "File size limit exceeded",
    26: "Virtual timer expired",
    27: "Profiling timer expired",
    28: "Window changed",
    29: "I/O possible",
    30: "Power failure",
    31: "Bad system call",
}


def _as_member(value, enumeration):
    """The member with a number, or what it is when there is none."""
    if not isinstance(value, int):
        # A handler: looking it up would make its repr, for the message.
        return value
    try:
        return enumeration(value)
    except ValueError:
        return value


def _as_int(value):
    return int(value) if isinstance(value, enum.IntEnum) else value


def signal(signalnum, handler, /):
    """Set the action for the given signal.

    The action can be SIG_DFL, SIG_IGN, or a callable Python object.
    The previous action is returned.  See getsignal() for possible return values.
    """
    return _as_member(_signal.signal(_as_int(signalnum), _as_int(handler)), Handlers)


def getsignal(signalnum, /):
    """Return the current action for the given signal.

    The return value can be: SIG_IGN, SIG_DFL, None for an unknown handler, or the callable
    Python object.
    """
    return _as_member(_signal.getsignal(signalnum), Handlers)


def strsignal(signalnum, /):
    """Return the system description of the given signal."""
    signalnum = int(signalnum)
    if not 0 < signalnum < NSIG:
        raise ValueError("signal number out of range")
    if signalnum in _TEXTS:
        return _TEXTS[signalnum]
    if signalnum < _signal.SIGRTMIN:
        return None
    return f"Real-time signal {signalnum - _signal.SIGRTMIN}"


def valid_signals():
    """Return a set of valid signal numbers on this platform."""
    # The C library keeps two for itself.
    numbers = set(range(1, NSIG)) - {32, 33}
    return {_as_member(number, Signals) for number in numbers}


def set_wakeup_fd(fd, /, *, warn_on_full_buffer=True):
    """Sets the fd to be written to (with the signal number) when a signal comes in.

    A library can use this to wakeup select or poll.
    The previous fd or -1 is returned.
    """
    return _signal._set_wakeup_fd(fd)


def _bits(mask):
    bits = 0
    for number in mask:
        number = int(number)
        if not 0 < number < NSIG:
            raise ValueError(f"signal number {number} out of range [1; {NSIG - 1}]")
        bits |= 1 << number - 1
    # As a signed word.
    return bits - (1 << 64) if bits >> 63 else bits


def _members(bits):
    return {
        _as_member(number, Signals) for number in range(1, NSIG) if bits >> number - 1 & 1
    }


def pthread_sigmask(how, mask, /):
    """Fetch and/or change the signal mask of the calling thread."""
    return _members(_signal._mask(_as_int(how), _bits(mask)))


def sigpending():
    """Examine pending signals.

    Returns a set of signal numbers that are pending for delivery to the calling thread.
    """
    return _members(_signal._held())


def sigwait(sigset, /):
    """Wait for a signal.

    Suspend execution of the calling thread until the delivery of one of the
    signals specified in the signal set sigset.
    """
    import time

    bits = _bits(sigset)
    while True:
        number = _signal._take_held(bits)
        if number:
            return _as_member(number, Signals)
        time.sleep(0.005)
