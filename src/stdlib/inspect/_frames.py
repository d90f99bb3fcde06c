"""The call stack as lists of tuples, with the lines of source around each call.

Source: Library Reference "inspect", "The interpreter stack".
"""

import sys
from collections import namedtuple

from . import isframe, istraceback
from ._signature import getargs

ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals", module="inspect")

_Traceback = namedtuple(
    "_Traceback", "filename lineno function code_context index", module="inspect"
)
_FrameInfo = namedtuple("_FrameInfo", ("frame",) + _Traceback._fields, module="inspect")


class Traceback(_Traceback):
    """Where a frame stands: file, line, function, and the lines around."""

    def __new__(cls, filename, lineno, function, code_context, index, *, positions=None):
        made = super().__new__(cls, filename, lineno, function, code_context, index)
        made.positions = positions
        return made

    def __repr__(self):
        return _with_positions(self, "Traceback")


class FrameInfo(_FrameInfo):
    """The same together with the frame itself."""

    def __new__(
        cls, frame, filename, lineno, function, code_context, index, *, positions=None
    ):
        made = super().__new__(
            cls, frame, filename, lineno, function, code_context, index
        )
        made.positions = positions
        return made

    def __repr__(self):
        return _with_positions(self, "FrameInfo")


def _with_positions(info, name):
    fields = [f"{field}={getattr(info, field)!r}" for field in info._fields]
    fields.append(f"positions={info.positions!r}")
    return f"{name}({', '.join(fields)})"


def getargvalues(frame):
    """The names of a frame's arguments, and its local variables with their values."""
    args, varargs, varkw = getargs(frame.f_code)
    return ArgInfo(args, varargs, varkw, frame.f_locals)


def formatargvalues(
    args,
    varargs,
    varkw,
    locals,
    formatarg=str,
    formatvarargs=lambda name: "*" + name,
    formatvarkw=lambda name: "**" + name,
    formatvalue=lambda value: "=" + repr(value),
):
    """Show what getargvalues() gives as an argument list."""
    shown = [formatarg(name) + formatvalue(locals[name]) for name in args]
    if varargs:
        shown.append(formatvarargs(varargs) + formatvalue(locals[varargs]))
    if varkw:
        shown.append(formatvarkw(varkw) + formatvalue(locals[varkw]))
    return "(" + ", ".join(shown) + ")"


def _positions_at(code, instruction):
    """The source range of the instruction at a byte offset."""
    from itertools import islice

    if instruction < 0:
        return (None, None, None, None)
    return next(islice(code.co_positions(), instruction // 2, None), (None,) * 4)


def getframeinfo(frame, context=1):
    """Where a frame, or the frame of a traceback, stands: a Traceback tuple with
    `context` lines of source, the current one in the middle."""
    from ._source import findsource, getfile, getsourcefile

    if istraceback(frame):
        positions = _positions_at(frame.tb_frame.f_code, frame.tb_lasti)
        lineno = frame.tb_lineno
        frame = frame.tb_frame
    else:
        if not isframe(frame):
            raise TypeError(f"{frame!r} is not a frame or traceback object")
        lineno = frame.f_lineno
        positions = _positions_at(frame.f_code, frame.f_lasti)
    if positions[0] is None:
        positions = (lineno,) + tuple(positions[1:])
    else:
        lineno = positions[0]

    lines = index = None
    filename = getsourcefile(frame) or getfile(frame)
    if context > 0:
        start = lineno - 1 - context // 2
        try:
            lines, _ = findsource(frame)
        except OSError:
            pass
        else:
            start = max(0, min(start, len(lines) - context))
            lines = lines[start : start + context]
            index = lineno - 1 - start
    return Traceback(
        filename,
        lineno,
        frame.f_code.co_name,
        lines,
        index,
        positions=_as_positions(positions),
    )


_Positions = namedtuple(
    "Positions",
    "lineno end_lineno col_offset end_col_offset",
    defaults=(None,) * 4,
    module="dis",
)


def _as_positions(positions):
    return _Positions(*positions)


def getlineno(frame):
    """The line a frame is at."""
    return frame.f_lineno


def _info(frame_or_traceback, frame, context):
    where = getframeinfo(frame_or_traceback, context)
    return FrameInfo(frame, *where, positions=where.positions)


def getouterframes(frame, context=1):
    """FrameInfo tuples of a frame and all its callers, innermost first."""
    result = []
    while frame:
        result.append(_info(frame, frame, context))
        frame = frame.f_back
    return result


def getinnerframes(tb, context=1):
    """FrameInfo tuples of a traceback, from where it was caught to where it was raised."""
    result = []
    while tb:
        result.append(_info(tb, tb.tb_frame, context))
        tb = tb.tb_next
    return result


def stack(context=1):
    """FrameInfo tuples of the caller and all its callers."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """FrameInfo tuples from here to where the exception being handled was raised."""
    exc = sys.exception()
    return getinnerframes(None if exc is None else exc.__traceback__, context)
