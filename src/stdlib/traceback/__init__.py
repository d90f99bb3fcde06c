"""Tracebacks as text and as objects.

Three classes take the picture, each of a larger whole: FrameSummary of one frame,
StackSummary of a list of them, TracebackException of an exception with everything that
hangs on it (causes, contexts, members of a group). They copy what they show and hold no
frames, so a summary can be kept without keeping the program's variables alive. The
functions take a picture and print it at once.

Where to put the little marks under a line is worked out in `_carets`, what the
programmer may have meant to write in `_suggestions`.

Sources: Library Reference "traceback", PEP 657 (positions), PEP 654 (groups), PEP 678 (notes).
"""

import linecache
import sys

__all__ = [
    "extract_stack",
    "extract_tb",
    "format_exception",
    "format_exception_only",
    "format_list",
    "format_stack",
    "format_tb",
    "print_exc",
    "format_exc",
    "print_exception",
    "print_last",
    "print_stack",
    "print_tb",
    "clear_frames",
    "FrameSummary",
    "StackSummary",
    "TracebackException",
    "walk_stack",
    "walk_tb",
]

# How often the same line is shown before its repetitions are only counted.
_RECURSIVE_CUTOFF = 3

_HEADER = "Traceback (most recent call last):\n"
_GROUP_HEADER = "Exception Group Traceback (most recent call last):\n"

_CAUSE_MESSAGE = (
    "\nThe above exception was the direct cause of the following exception:\n\n"
)
_CONTEXT_MESSAGE = (
    "\nDuring handling of the above exception, another exception occurred:\n\n"
)


class _Implicit:
    def __repr__(self):
        return "<implicit>"


_implicit = _Implicit()


def _exception_of(exc, value, tb):
    """The three ways of passing an exception, as (exception, traceback)."""
    if (value is _implicit) != (tb is _implicit):
        raise ValueError("Both or neither of value and tb must be given")
    if value is not _implicit:
        return value, tb
    if exc is None:
        return None, None
    if not isinstance(exc, BaseException):
        raise TypeError(f"Exception expected for value, {type(exc).__name__} found")
    return exc, exc.__traceback__


def print_list(extracted_list, file=None):
    """Print a list of FrameSummary objects or (file, line, name, text) tuples."""
    _write(StackSummary.from_list(extracted_list).format(), file)


def _write(lines, file):
    if file is None:
        file = sys.stderr
    for line in lines:
        print(line, file=file, end="")


def format_list(extracted_list):
    """The text for a list of FrameSummary objects or tuples, as a list of strings."""
    return StackSummary.from_list(extracted_list).format()


def print_tb(tb, limit=None, file=None):
    """Print the frames of a traceback; the first `limit`, or the last, if negative."""
    print_list(extract_tb(tb, limit=limit), file=file)


def format_tb(tb, limit=None):
    """The text of a traceback's frames, as a list of strings."""
    return extract_tb(tb, limit=limit).format()


def extract_tb(tb, limit=None):
    """A StackSummary of a traceback."""
    return StackSummary._extract(_walk_tb_with_positions(tb), limit=limit)


def print_exception(
    exc, /, value=_implicit, tb=_implicit, limit=None, file=None, chain=True, **kwargs
):
    """Print an exception with its traceback, and what led to it, as the interpreter does
    for one that nobody catches."""
    value, tb = _exception_of(exc, value, tb)
    TracebackException(type(value), value, tb, limit=limit, compact=True).print(
        file=file, chain=chain
    )


def format_exception(
    exc, /, value=_implicit, tb=_implicit, limit=None, chain=True, **kwargs
):
    """The text that print_exception() prints, as a list of strings."""
    value, tb = _exception_of(exc, value, tb)
    summary = TracebackException(type(value), value, tb, limit=limit, compact=True)
    return list(summary.format(chain=chain))


def format_exception_only(exc, /, value=_implicit, *, show_group=False, **kwargs):
    """The last part of an exception's text: type, message and notes."""
    if value is _implicit:
        value = exc
    summary = TracebackException(type(value), value, None, compact=True)
    return list(summary.format_exception_only(show_group=show_group))


def print_exc(limit=None, file=None, chain=True):
    """Print the exception that is being handled."""
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """The text of the exception that is being handled."""
    return "".join(format_exception(sys.exception(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    """Print the last exception that nobody caught, at the prompt."""
    if hasattr(sys, "last_exc"):
        print_exception(sys.last_exc, limit=limit, file=file, chain=chain)
    elif hasattr(sys, "last_type"):
        print_exception(
            sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain
        )
    else:
        raise ValueError("no last exception")


def print_stack(f=None, limit=None, file=None):
    """Print the call stack, up to a frame or to the caller."""
    if f is None:
        f = sys._getframe().f_back
    print_list(extract_stack(f, limit=limit), file=file)


def format_stack(f=None, limit=None):
    """The text of the call stack, as a list of strings."""
    if f is None:
        f = sys._getframe().f_back
    return format_list(extract_stack(f, limit=limit))


def extract_stack(f=None, limit=None):
    """A StackSummary of the call stack, oldest call first."""
    if f is None:
        f = sys._getframe().f_back
    stack = StackSummary.extract(walk_stack(f), limit=limit)
    stack.reverse()
    return stack


def walk_stack(f):
    """Iterate over (frame, line number) from a frame, or the caller, to its callers."""
    if f is None:
        f = sys._getframe().f_back
        # The caller may be StackSummary.extract(): what is meant is whoever called that.
        while f is not None and f.f_globals is globals():
            f = f.f_back
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def walk_tb(tb):
    """Iterate over (frame, line number) from where an exception was caught to where it
    was raised."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def _positions_of(code, lasti):
    """Line, end line, column and end column of the instruction at an offset."""
    positions = getattr(code, "co_positions", None)
    if positions is None or lasti < 0:
        return None, None, None, None
    index = lasti // 2
    for current, position in enumerate(positions()):
        if current == index:
            return position
    return None, None, None, None


def _walk_tb_with_positions(tb):
    while tb is not None:
        position = _positions_of(tb.tb_frame.f_code, tb.tb_lasti)
        if position[0] is None:
            position = (tb.tb_lineno, *position[1:])
        yield tb.tb_frame, position
        tb = tb.tb_next


def clear_frames(tb):
    """Drop the local variables of all frames in a traceback."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            # It is still executing.
            pass
        tb = tb.tb_next


def _safe_string(value, what, func=str):
    try:
        return func(value)
    except:
        return f"<{what} {func.__name__}() failed>"


class FrameSummary:
    """What is shown of one frame: file, line, function, text, and local variables if
    they were asked for."""

    __slots__ = (
        "filename",
        "lineno",
        "end_lineno",
        "colno",
        "end_colno",
        "name",
        "_lines",
        "_lines_dedented",
        "locals",
    )

    def __init__(
        self,
        filename,
        lineno,
        name,
        *,
        lookup_line=True,
        locals=None,
        line=None,
        end_lineno=None,
        colno=None,
        end_colno=None,
    ):
        self.filename = filename
        self.lineno = lineno
        self.end_lineno = lineno if end_lineno is None else end_lineno
        self.colno = colno
        self.end_colno = end_colno
        self.name = name
        self._lines = line
        self._lines_dedented = None
        if lookup_line:
            self.line
        # As text: the objects are not to be kept alive.
        self.locals = (
            {name: _safe_string(value, "local", func=repr) for name, value in locals.items()}
            if locals
            else None
        )

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return (
                self.filename == other.filename
                and self.lineno == other.lineno
                and self.name == other.name
                and self.locals == other.locals
            )
        if isinstance(other, tuple):
            return (self.filename, self.lineno, self.name, self.line) == other
        return NotImplemented

    def __getitem__(self, pos):
        return (self.filename, self.lineno, self.name, self.line)[pos]

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"

    def __len__(self):
        return 4

    def _read_lines(self):
        if self._lines is not None or self.lineno is None or self.end_lineno is None:
            return
        lines = []
        for lineno in range(self.lineno, self.end_lineno + 1):
            line = linecache.getline(self.filename, lineno)
            # Rewriting the file while it runs may have cut it short.
            lines.append(line.rstrip())
        self._lines = "\n".join(lines) + "\n"

    @property
    def _original_lines(self):
        self._read_lines()
        return self._lines

    @property
    def _dedented_lines(self):
        self._read_lines()
        if self._lines_dedented is None and self._lines is not None:
            self._lines_dedented = _dedent(self._lines)
        return self._lines_dedented

    @property
    def line(self):
        """The first line of source, without indentation."""
        self._read_lines()
        if self._lines is None:
            return None
        return self._lines.partition("\n")[0].strip()


def _dedent(text):
    """Take away the indentation that all lines share."""
    margin = None
    lines = text.split("\n")
    for line in lines:
        stripped = line.lstrip(" \t")
        if not stripped:
            continue
        indentation = line[: len(line) - len(stripped)]
        if margin is None:
            margin = indentation
        while not indentation.startswith(margin):
            margin = margin[:-1]
    if not margin:
        return text
    return "\n".join([line[len(margin) :] if line.strip() else "" for line in lines])


class StackSummary(list):
    """A list of FrameSummary objects."""

    @classmethod
    def extract(
        klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False
    ):
        """Make one of (frame, line number) pairs, as walk_stack() and walk_tb() give.

        With `limit`, of the first so many, or of the last if it is negative.
        """
        return klass._extract(
            ((frame, (lineno, None, None, None)) for frame, lineno in frame_gen),
            limit=limit,
            lookup_lines=lookup_lines,
            capture_locals=capture_locals,
        )

    @classmethod
    def _extract(
        klass, frames, *, limit=None, lookup_lines=True, capture_locals=False
    ):
        if limit is None:
            limit = getattr(sys, "tracebacklimit", None)
            if limit is not None and limit < 0:
                limit = 0
        if limit is not None:
            if limit >= 0:
                from itertools import islice

                frames = islice(frames, limit)
            else:
                from _collections import deque

                frames = deque(frames, maxlen=-limit)

        result = klass()
        filenames = set()
        for frame, (lineno, end_lineno, colno, end_colno) in frames:
            code = frame.f_code
            filenames.add(code.co_filename)
            linecache.lazycache(code.co_filename, frame.f_globals)
            result.append(
                FrameSummary(
                    code.co_filename,
                    lineno,
                    code.co_name,
                    lookup_line=False,
                    locals=frame.f_locals if capture_locals else None,
                    end_lineno=end_lineno,
                    colno=colno,
                    end_colno=end_colno,
                )
            )
        for filename in filenames:
            linecache.checkcache(filename)
        if lookup_lines:
            for summary in result:
                summary.line
        return result

    @classmethod
    def from_list(klass, a_list):
        """Make one of FrameSummary objects or (file, line, name, text) tuples."""
        result = klass()
        for frame in a_list:
            if not isinstance(frame, FrameSummary):
                filename, lineno, name, line = frame
                frame = FrameSummary(filename, lineno, name, line=line)
            result.append(frame)
        return result

    def format_frame_summary(self, frame_summary, **kwargs):
        """The text for one frame. A subclass may give None to leave the frame out."""
        filename = frame_summary.filename
        if filename.startswith("<stdin>-"):
            filename = "<stdin>"
        row = [
            f'  File "{filename}", line {frame_summary.lineno}, in {frame_summary.name}\n'
        ]
        if frame_summary._dedented_lines and frame_summary._dedented_lines.strip():
            if frame_summary.colno is None or frame_summary.end_colno is None:
                row.append(f"    {frame_summary.line}\n")
            else:
                from traceback._carets import marked_lines

                for line in marked_lines(
                    frame_summary._original_lines.splitlines(),
                    frame_summary._dedented_lines.splitlines(),
                    frame_summary.end_lineno - frame_summary.lineno,
                    frame_summary.colno,
                    frame_summary.end_colno,
                ):
                    row.append(f"    {line}\n")
        if frame_summary.locals:
            for name, value in sorted(frame_summary.locals.items()):
                row.append(f"    {name} = {value}\n")
        return "".join(row)

    def format(self, **kwargs):
        """The text for all frames, as a list of strings. Of a line that comes again and
        again in a row, as in endless recursion, only the first few are shown."""
        result = []
        last = None
        count = 0

        def end_of_repetition():
            if count > _RECURSIVE_CUTOFF:
                more = count - _RECURSIVE_CUTOFF
                plural = "s" if more > 1 else ""
                result.append(f"  [Previous line repeated {more} more time{plural}]\n")

        for frame in self:
            text = self.format_frame_summary(frame, **kwargs)
            if text is None:
                continue
            place = (frame.filename, frame.lineno, frame.name)
            if place != last or None in (frame.filename, frame.lineno):
                end_of_repetition()
                last = place
                count = 0
            count += 1
            if count <= _RECURSIVE_CUTOFF:
                result.append(text)
        end_of_repetition()
        return result


class _Indentation:
    """Where the output stands while nested groups are shown."""

    def __init__(self):
        self.depth = 0
        self.needs_close = False

    def indent(self):
        return " " * (2 * self.depth)

    def emit(self, text, margin=None):
        """A text, or each of several, with the margin that its depth asks for."""
        parts = [text] if isinstance(text, str) else text
        if self.depth == 0:
            yield from parts
            return
        prefix = f"{self.indent()}{margin or '|'} "
        for part in parts:
            yield "".join([prefix + line for line in part.splitlines(True)])


class TracebackException:
    """Everything that is shown of an exception, taken down at once.

    `__cause__`, `__context__` and the members of a group, `exceptions`, are objects of
    this class too. With `compact`, contexts that would not be shown are left out.
    """

    def __init__(
        self,
        exc_type,
        exc_value,
        exc_traceback,
        *,
        limit=None,
        lookup_lines=True,
        capture_locals=False,
        compact=False,
        max_group_width=15,
        max_group_depth=10,
        save_exc_type=True,
        _seen=None,
    ):
        options = {
            "limit": limit,
            "lookup_lines": lookup_lines,
            "capture_locals": capture_locals,
            "compact": compact,
            "max_group_width": max_group_width,
            "max_group_depth": max_group_depth,
            "save_exc_type": save_exc_type,
        }
        self._take(exc_type, exc_value, exc_traceback, options)

        # Chains can be longer than the stack is deep, so they are walked with a list of
        # what is still to do. An exception that was seen already ends its chain.
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        todo = [(self, exc_value)]

        def linked(exc):
            if exc is None or id(exc) in seen:
                return None
            seen.add(id(exc))
            summary = TracebackException.__new__(TracebackException)
            summary._take(type(exc), exc, exc.__traceback__, options)
            todo.append((summary, exc))
            return summary

        while todo:
            summary, exc = todo.pop()
            if exc is None:
                summary.__cause__ = summary.__context__ = summary.exceptions = None
                continue
            summary.__cause__ = linked(exc.__cause__)
            needs_context = (
                summary.__cause__ is None and not exc.__suppress_context__
                if compact
                else True
            )
            summary.__context__ = linked(exc.__context__) if needs_context else None
            summary.exceptions = None
            if isinstance(exc, BaseExceptionGroup):
                # Members are shown wherever they stand, also when they were seen before.
                members = []
                for member in exc.exceptions:
                    inner = TracebackException.__new__(TracebackException)
                    inner._take(type(member), member, member.__traceback__, options)
                    seen.add(id(member))
                    todo.append((inner, member))
                    members.append(inner)
                summary.exceptions = members

    def _take(self, exc_type, exc_value, tb, options):
        """Take down the exception itself, without what it is linked to."""
        self.max_group_width = options["max_group_width"]
        self.max_group_depth = options["max_group_depth"]
        self.stack = StackSummary._extract(
            _walk_tb_with_positions(tb),
            limit=options["limit"],
            lookup_lines=options["lookup_lines"],
            capture_locals=options["capture_locals"],
        )
        self._exc_type = exc_type if options["save_exc_type"] else None
        self._str = _safe_string(exc_value, "exception")
        try:
            self.__notes__ = getattr(exc_value, "__notes__", None)
        except Exception as error:
            reason = _safe_string(error, "__notes__", func=repr)
            self.__notes__ = [f"Ignored error getting __notes__: {reason}"]
        self.__suppress_context__ = (
            exc_value.__suppress_context__ if exc_value is not None else False
        )
        self._is_syntax_error = False
        self._have_exc_type = exc_type is not None
        if exc_type is None:
            self.exc_type_qualname = self.exc_type_module = None
            return
        self.exc_type_qualname = exc_type.__qualname__
        self.exc_type_module = exc_type.__module__

        if issubclass(exc_type, SyntaxError):
            self.filename = exc_value.filename
            self.lineno = None if exc_value.lineno is None else str(exc_value.lineno)
            end_lineno = exc_value.end_lineno
            self.end_lineno = None if end_lineno is None else str(end_lineno)
            self.text = exc_value.text
            self.offset = exc_value.offset
            self.end_offset = exc_value.end_offset
            self.msg = exc_value.msg
            self._is_syntax_error = True
        elif issubclass(exc_type, (ImportError, AttributeError, NameError)):
            from traceback._suggestions import hint_for

            self._str += hint_for(exc_value, tb)

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """Make one of an exception."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    @property
    def exc_type(self):
        """The class of the exception. Deprecated: it keeps the class alive."""
        import warnings

        warnings.warn(
            "Deprecated in 3.13. Use exc_type_str instead.",
            DeprecationWarning,
            stacklevel=2,
        )
        return self._exc_type

    @property
    def exc_type_str(self):
        """The name of the exception's class, with its module if that is worth saying."""
        if not self._have_exc_type:
            return None
        name, module = self.exc_type_qualname, self.exc_type_module
        if module in ("__main__", "builtins"):
            return name
        if not isinstance(module, str):
            module = "<unknown>"
        return f"{module}.{name}"

    def __eq__(self, other):
        if isinstance(other, TracebackException):
            return self.__dict__ == other.__dict__
        return NotImplemented

    __hash__ = None

    def __str__(self):
        return self._str

    def format_exception_only(self, *, show_group=False, _depth=0, **kwargs):
        """Iterate over the lines of the last part: type, message, notes; and with
        `show_group` the same of a group's members."""
        prefix = 3 * _depth * " "
        if not self._have_exc_type:
            yield prefix + _type_and_message(None, self._str)
            return
        name = self.exc_type_str
        if self._is_syntax_error:
            lines = self._format_syntax_error(name)
        elif _depth > 0:
            lines = iter(
                [
                    line + "\n"
                    for line in _type_and_message(name, self._str).splitlines()
                ]
            )
        else:
            lines = iter([_type_and_message(name, self._str)])
        for line in lines:
            yield prefix + line

        notes = self.__notes__
        if _is_list_of_notes(notes):
            for note in notes:
                for line in _safe_string(note, "note").split("\n"):
                    yield f"{prefix}{line}\n"
        elif notes is not None:
            yield f"{prefix}{_safe_string(notes, '__notes__', func=repr)}\n"

        if self.exceptions and show_group:
            for member in self.exceptions:
                yield from member.format_exception_only(
                    show_group=show_group, _depth=_depth + 1
                )

    def _format_syntax_error(self, stype, **kwargs):
        suffix = ""
        if self.lineno is not None:
            yield f'  File "{self.filename or "<string>"}", line {self.lineno}\n'
        elif self.filename is not None:
            suffix = f" ({self.filename})"

        if isinstance(self.text, str):
            line = self.text.rstrip("\n")
            stripped = line.lstrip(" \n\f")
            yield f"    {stripped}\n"
            if self.offset is not None:
                yield from self._syntax_error_marks(line, stripped)
        yield f"{stype}: {self.msg or '<no detail available>'}{suffix}\n"

    def _syntax_error_marks(self, line, stripped):
        """The line with the carets; columns are counted from one."""
        start = self.offset
        if self.lineno == self.end_lineno:
            end = self.end_offset if self.end_offset not in (None, 0) else start
        else:
            end = len(line) + 1
        if self.text and start > len(self.text):
            start = len(line) + 1
        if self.text and end > len(self.text):
            end = len(line) + 1
        if start >= end or end < 0:
            end = start + 1
        removed = len(line) - len(stripped)
        first = start - 1 - removed
        if first >= 0:
            # Tabs above need tabs below.
            before = [char if char.isspace() else " " for char in stripped[:first]]
            yield f"    {''.join(before)}{'^' * (end - start)}\n"

    def format(self, *, chain=True, _ctx=None, **kwargs):
        """Iterate over the lines of the whole text; without `chain`, leave out what led
        to the exception."""
        ctx = _Indentation() if _ctx is None else _ctx

        # From the last exception back to the first; shown the other way round.
        links = []
        exc = self
        while exc is not None:
            message = None
            earlier = None
            if chain:
                if exc.__cause__ is not None:
                    message, earlier = _CAUSE_MESSAGE, exc.__cause__
                elif exc.__context__ is not None and not exc.__suppress_context__:
                    message, earlier = _CONTEXT_MESSAGE, exc.__context__
            links.append((message, exc))
            exc = earlier

        for message, exc in reversed(links):
            if message is not None:
                yield from ctx.emit(message)
            if exc.exceptions is None:
                if exc.stack:
                    yield from ctx.emit(_HEADER)
                    yield from ctx.emit(exc.stack.format())
                yield from ctx.emit(exc.format_exception_only())
            elif ctx.depth > self.max_group_depth:
                yield from ctx.emit(f"... (max_group_depth is {self.max_group_depth})\n")
            else:
                yield from self._format_group(exc, ctx)

    def _format_group(self, exc, ctx):
        is_toplevel = ctx.depth == 0
        if is_toplevel:
            ctx.depth = 1
        if exc.stack:
            yield from ctx.emit(_GROUP_HEADER, margin="+" if is_toplevel else None)
            yield from ctx.emit(exc.stack.format())
        yield from ctx.emit(exc.format_exception_only())

        members = exc.exceptions
        shown = min(len(members), self.max_group_width)
        hidden = len(members) - shown
        total = shown + 1 if hidden else shown
        ctx.needs_close = False
        for index in range(total):
            last = index == total - 1
            if last:
                # Unless a nested group has closed the frame, it is for us to do.
                ctx.needs_close = True
            label = str(index + 1) if index < shown else "..."
            joint = "+-" if index == 0 else "  "
            yield f"{ctx.indent()}{joint}+---------------- {label} ----------------\n"
            ctx.depth += 1
            if index < shown:
                yield from members[index].format(_ctx=ctx)
            else:
                plural = "s" if hidden > 1 else ""
                yield from ctx.emit(f"and {hidden} more exception{plural}\n")
            if last and ctx.needs_close:
                yield f"{ctx.indent()}+------------------------------------\n"
                ctx.needs_close = False
            ctx.depth -= 1
        if is_toplevel:
            ctx.depth = 0

    def print(self, *, file=None, chain=True, **kwargs):
        """Print the whole text."""
        _write(self.format(chain=chain), file)


def _is_list_of_notes(notes):
    if isinstance(notes, (list, tuple)):
        return True
    if notes is None or isinstance(notes, (str, bytes)):
        return False
    from _collections_abc import Sequence

    return isinstance(notes, Sequence)


def _type_and_message(name, text):
    return f"{name}: {text}\n" if text else f"{name}\n"
