"""Warnings: messages to the programmer about what is still allowed, or surely a mistake.

A list of filters decides what becomes of a warning; the first that fits its category, text,
module and line. By default a warning is printed once per place: each module keeps a
registry of what was printed, which counts only as long as the filters stay as they are.

Sources: Library Reference "warnings", PEP 230, PEP 565, PEP 702 (deprecated).
"""

import sys

__all__ = [
    "warn",
    "warn_explicit",
    "showwarning",
    "formatwarning",
    "filterwarnings",
    "simplefilter",
    "resetwarnings",
    "catch_warnings",
    "deprecated",
]

_ACTIONS = ("error", "ignore", "always", "default", "module", "once")

# (action, message, category, module, line number); message and module are None, or have a
# `match` method, or (module only) are a name.
filters = [
    ("default", None, DeprecationWarning, "__main__", 0),
    ("ignore", None, DeprecationWarning, None, 0),
    ("ignore", None, PendingDeprecationWarning, None, 0),
    ("ignore", None, ImportWarning, None, 0),
    ("ignore", None, ResourceWarning, None, 0),
]
if sys.version_info < (3, 7):
    # PEP 565 came later.
    del filters[0]
defaultaction = "default"
onceregistry = {}
_filters_version = 1


def _filters_mutated():
    """What registries remember was decided by other filters."""
    global _filters_version
    _filters_version += 1


class WarningMessage:
    """A warning with everything known about it; what catch_warnings() records."""

    _WARNING_DETAILS = (
        "message",
        "category",
        "filename",
        "lineno",
        "file",
        "line",
        "source",
    )

    def __init__(
        self, message, category, filename, lineno, file=None, line=None, source=None
    ):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (
            f"{{message : {self.message!r}, category : {self._category_name!r}, "
            f"filename : {self.filename!r}, lineno : {self.lineno}, "
            f"line : {self.line!r}}}"
        )


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Print a warning, to sys.stderr unless told otherwise. Programs may put a function of
    their own in its place."""
    _showwarnmsg_impl(WarningMessage(message, category, filename, lineno, file, line))


def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning. Programs may put a function of their own in its place."""
    return _formatwarnmsg_impl(
        WarningMessage(message, category, filename, lineno, None, line)
    )


_showwarning_orig = showwarning
_formatwarning_orig = formatwarning


def _showwarnmsg_impl(msg):
    file = msg.file
    if file is None:
        file = sys.stderr
        if file is None:
            # A program without a terminal: nobody to be warned.
            return
    text = _formatwarnmsg(msg)
    if msg.file is None and formatwarning is _formatwarning_orig:
        drawn = _drawn(msg, text)
        if drawn is not None:
            text = drawn
    try:
        file.write(text)
    except OSError:
        pass


def _drawn(msg, text):
    """The warning as errors are drawn; None when they are not."""
    try:
        import _reporter

        return _reporter.warning(msg.category, str(msg.message), msg.filename, msg.lineno, msg.source, text)
    except Exception:
        # The program may be ending, with modules half taken apart.
        return None


def _formatwarnmsg_impl(msg):
    category = msg.category.__name__
    text = f"{msg.filename}:{msg.lineno}: {category}: {msg.message}\n"
    line = msg.line
    if line is None and not sys.is_finalizing():
        try:
            import linecache

            line = linecache.getline(msg.filename, msg.lineno)
        except Exception:
            # The program may be ending, with modules half taken apart.
            line = None
    if line:
        text += f"  {line.strip()}\n"
    if msg.source is not None:
        text += _allocation_of(msg.source, category)
    return text


def _allocation_of(source, category):
    """Where the object that the warning is about was made, if that is being traced."""
    tracemalloc = sys.modules.get("tracemalloc")
    if tracemalloc is None or not tracemalloc.is_tracing():
        return f"{category}: Enable tracemalloc to get the object allocation traceback\n"
    tb = tracemalloc.get_object_traceback(source)
    if tb is None:
        return ""
    text = "Object allocated at (most recent call last):\n"
    for frame in tb:
        text += f'  File "{frame.filename}", lineno {frame.lineno}\n'
        import linecache

        line = linecache.getline(frame.filename, frame.lineno)
        if line:
            text += f"    {line.strip()}\n"
    return text


def _showwarnmsg(msg):
    show = showwarning
    if show is not _showwarning_orig:
        if not callable(show):
            raise TypeError("warnings.showwarning() must be set to a function or method")
        show(msg.message, msg.category, msg.filename, msg.lineno, msg.file, msg.line)
        return
    _showwarnmsg_impl(msg)


def _formatwarnmsg(msg):
    if formatwarning is not _formatwarning_orig:
        return formatwarning(
            msg.message, msg.category, msg.filename, msg.lineno, msg.line
        )
    return _formatwarnmsg_impl(msg)


class _Text:
    """Stands for a regular expression without any special character."""

    def __init__(self, text, whole, ignore_case):
        self.key = (text.lower() if ignore_case else text, whole, ignore_case)

    def match(self, text):
        wanted, whole, ignore_case = self.key
        if ignore_case:
            text = text.lower()
        return text == wanted if whole else text.startswith(wanted)

    def __eq__(self, other):
        return isinstance(other, _Text) and self.key == other.key

    def __hash__(self):
        return hash(self.key)

    def __repr__(self):
        return repr(self.key[0])


def _pattern(text, whole, ignore_case):
    if not text:
        return None
    if not any(char in ".^$*+?{}[]\\|()" for char in text):
        return _Text(text, whole, ignore_case)
    import re

    return re.compile(text + (r"\Z" if whole else ""), re.I if ignore_case else 0)


def filterwarnings(
    action, message="", category=Warning, module="", lineno=0, append=False
):
    """Put a filter before all others, or behind them with `append`.

    `message` and `module` are regular expressions: one for the beginning of the text, in
    any case of letters, the other for the whole name of the module.
    """
    if action not in _ACTIONS:
        raise ValueError(f"invalid action: {action!r}")
    if not isinstance(message, str):
        raise TypeError("message must be a string")
    if not isinstance(category, type) or not issubclass(category, Warning):
        raise TypeError("category must be a Warning subclass")
    if not isinstance(module, str):
        raise TypeError("module must be a string")
    _check_lineno(lineno)
    _add_filter(
        action,
        _pattern(message, False, True),
        category,
        _pattern(module, True, False),
        lineno,
        append=append,
    )


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Put a filter for all texts and modules before all others, or behind them."""
    if action not in _ACTIONS:
        raise ValueError(f"invalid action: {action!r}")
    _check_lineno(lineno)
    _add_filter(action, None, category, None, lineno, append=append)


def _check_lineno(lineno):
    if not isinstance(lineno, int):
        raise TypeError("lineno must be an int")
    if lineno < 0:
        raise ValueError("lineno must be an int >= 0")


def _add_filter(*item, append):
    # The same filter again only changes its place.
    if not append:
        try:
            filters.remove(item)
        except ValueError:
            pass
        filters.insert(0, item)
    elif item not in filters:
        filters.append(item)
    _filters_mutated()


def resetwarnings():
    """Take out all filters, also those the program began with."""
    filters[:] = []
    _filters_mutated()


class _OptionError(Exception):
    """An argument of -W that cannot be understood."""


def _processoptions(args):
    for arg in args:
        try:
            _setoption(arg)
        except _OptionError as error:
            print("Invalid -W option ignored:", error, file=sys.stderr)


def _setoption(arg):
    """Make a filter of `action:message:category:module:line`."""
    parts = arg.split(":")
    if len(parts) > 5:
        raise _OptionError(f"too many fields (max 5): {arg!r}")
    parts = [part.strip() for part in parts] + [""] * (5 - len(parts))
    action, message, category, module, lineno = parts
    action = _getaction(action)
    category = _getcategory(category)
    if lineno:
        try:
            lineno = int(lineno)
            if lineno < 0:
                raise ValueError
        except (ValueError, OverflowError):
            raise _OptionError(f"invalid lineno {lineno!r}") from None
    else:
        lineno = 0
    _add_filter(
        action,
        _Text(message, False, True) if message else None,
        category,
        _Text(module, True, False) if module else None,
        lineno,
        append=False,
    )


def _getaction(action):
    if not action:
        return "default"
    if action == "all":
        return "always"
    for known in ("default", "always", "ignore", "module", "once", "error"):
        if known.startswith(action):
            return known
    raise _OptionError(f"invalid action: {action!r}")


def _getcategory(category):
    if not category:
        return Warning
    if "." not in category:
        import builtins

        module, name = builtins, category
    else:
        module, _, name = category.rpartition(".")
        try:
            module = __import__(module, None, None, [name])
        except ImportError:
            raise _OptionError(f"invalid module name: {module!r}") from None
    try:
        found = getattr(module, name)
    except AttributeError:
        raise _OptionError(f"unknown warning category: {category!r}") from None
    if not issubclass(found, Warning):
        raise _OptionError(f"invalid warning category: {category!r}")
    return found


def _is_internal_frame(frame):
    """Whether a frame belongs to the import system, which is not to blame."""
    filename = frame.f_code.co_filename
    return "importlib" in filename and "_bootstrap" in filename


def _next_external_frame(frame, skip):
    frame = frame.f_back
    while frame is not None and (
        _is_internal_frame(frame) or frame.f_code.co_filename.startswith(skip)
    ):
        frame = frame.f_back
    return frame


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    """Warn about the caller; or with a higher `stacklevel`, about its caller, and so on."""
    if isinstance(message, Warning):
        category = message.__class__
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(
            f"category must be a Warning subclass, not '{type(category).__name__}'"
        )
    if not isinstance(skip_file_prefixes, tuple):
        raise TypeError("skip_file_prefixes must be a tuple of strs.")
    if skip_file_prefixes:
        stacklevel = max(2, stacklevel)
    frame = sys._getframe(1)
    if stacklevel <= 1 or _is_internal_frame(frame):
        for _ in range(stacklevel - 1):
            if frame is None:
                break
            frame = frame.f_back
    else:
        for _ in range(stacklevel - 1):
            if frame is None:
                break
            frame = _next_external_frame(frame, skip_file_prefixes)
    if frame is None:
        namespace = sys.__dict__
        filename = "<sys>"
        lineno = 0
    else:
        namespace = frame.f_globals
        filename = frame.f_code.co_filename
        lineno = frame.f_lineno
    warn_explicit(
        message,
        category,
        filename,
        lineno,
        namespace.get("__name__", "<string>"),
        namespace.setdefault("__warningregistry__", {}),
        namespace,
        source,
    )


def _action_for(text, category, module, lineno):
    for item in filters:
        action, message, kind, where, line = item
        if (
            (message is None or message.match(text))
            and issubclass(category, kind)
            and (
                where is None
                or (where == module if isinstance(where, str) else where.match(module))
            )
            and (line == 0 or line == lineno)
        ):
            return action, item
    return defaultaction, None


def warn_explicit(
    message,
    category,
    filename,
    lineno,
    module=None,
    registry=None,
    module_globals=None,
    source=None,
):
    """Warn about a given place."""
    lineno = int(lineno)
    if module is None:
        module = filename or "<unknown>"
        if module[-3:].lower() == ".py":
            module = module[:-3]
    if registry is None:
        registry = {}
    if registry.get("version", 0) != _filters_version:
        registry.clear()
        registry["version"] = _filters_version
    if isinstance(message, Warning):
        text = str(message)
        category = message.__class__
    else:
        text = message
        message = category(message)
    key = (text, category, lineno)
    if registry.get(key):
        return
    action, item = _action_for(text, category, module, lineno)
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        registry[key] = 1
        seen, key = onceregistry, (text, category)
    elif action == "module":
        registry[key] = 1
        seen, key = registry, (text, category, 0)
    elif action == "default":
        seen = registry
    elif action == "always":
        seen = {}
    else:
        raise RuntimeError(
            f"Unrecognized action ({action!r}) in warnings.filters:\n {item}"
        )
    if seen.get(key):
        return
    seen[key] = 1
    if module_globals:
        # The module's loader may have the source line, and may be gone later.
        try:
            import linecache

            linecache.getlines(filename, module_globals)
        except Exception:
            # The program may be ending, with modules half taken apart.
            pass
    _showwarnmsg(WarningMessage(message, category, filename, lineno, source=source))


class catch_warnings:
    """A context manager that puts the filters back as they were, and with `record` gives
    a list in which warnings are collected instead of printed. With `action`, a filter is
    added as by simplefilter()."""

    def __init__(
        self,
        *,
        record=False,
        module=None,
        action=None,
        category=Warning,
        lineno=0,
        append=False,
    ):
        self._record = record
        self._module = sys.modules["warnings"] if module is None else module
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        args = []
        if self._record:
            args.append("record=True")
        if self._module is not sys.modules["warnings"]:
            args.append(f"module={self._module!r}")
        return f"{type(self).__name__}({', '.join(args)})"

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._entered = True
        module = self._module
        self._filters = module.filters
        module.filters = self._filters[:]
        module._filters_mutated()
        self._showwarning = module.showwarning
        self._showwarnmsg_impl = module._showwarnmsg_impl
        log = None
        if self._record:
            log = []
            module._showwarnmsg_impl = log.append
            # A function of the program's own would come before it.
            module.showwarning = module._showwarning_orig
        if self._filter is not None:
            simplefilter(*self._filter)
        return log

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        module = self._module
        module.filters = self._filters
        module._filters_mutated()
        module.showwarning = self._showwarning
        module._showwarnmsg_impl = self._showwarnmsg_impl


class deprecated:
    """A decorator for classes and functions whose use is to be warned about; type checkers
    understand it too. With None for `category`, only they do."""

    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        if not isinstance(message, str):
            raise TypeError(
                f"Expected an object of type str for 'message', "
                f"not {type(message).__name__!r}"
            )
        self.message = message
        self.category = category
        self.stacklevel = stacklevel

    def __call__(self, arg, /):
        message, category, stacklevel = self.message, self.category, self.stacklevel
        if category is None:
            arg.__deprecated__ = message
            return arg
        if isinstance(arg, type):
            return _deprecate_class(arg, message, category, stacklevel)
        if not callable(arg):
            raise TypeError(
                "@deprecated decorator with non-None category must be applied to "
                f"a class or callable, not {arg!r}"
            )
        import functools

        @functools.wraps(arg)
        def wrapper(*args, **kwargs):
            warn(message, category=category, stacklevel=stacklevel + 1)
            return arg(*args, **kwargs)

        import inspect

        if inspect.iscoroutinefunction(arg):
            wrapper = inspect.markcoroutinefunction(wrapper)
        arg.__deprecated__ = wrapper.__deprecated__ = message
        return wrapper


def _deprecate_class(arg, message, category, stacklevel):
    """Warn when the class is instantiated or derived from; not when a subclass is."""
    import functools
    from types import MethodType

    original_new = arg.__new__

    @functools.wraps(original_new)
    def __new__(cls, /, *args, **kwargs):
        if cls is arg:
            warn(message, category=category, stacklevel=stacklevel + 1)
        if original_new is not object.__new__:
            return original_new(cls, *args, **kwargs)
        # object() takes arguments only for an __init__ that takes them.
        if cls.__init__ is object.__init__ and (args or kwargs):
            raise TypeError(f"{cls.__name__}() takes no arguments")
        return original_new(cls)

    arg.__new__ = staticmethod(__new__)

    original_init_subclass = arg.__init_subclass__
    if isinstance(original_init_subclass, MethodType):
        # Written in Python, so a class method; called with the class it comes to.
        original_init_subclass = original_init_subclass.__func__

        @functools.wraps(original_init_subclass)
        def __init_subclass__(*args, **kwargs):
            warn(message, category=category, stacklevel=stacklevel + 1)
            return original_init_subclass(*args, **kwargs)

        arg.__init_subclass__ = classmethod(__init_subclass__)
    else:

        @functools.wraps(original_init_subclass)
        def __init_subclass__(*args, **kwargs):
            warn(message, category=category, stacklevel=stacklevel + 1)
            return original_init_subclass(*args, **kwargs)

        arg.__init_subclass__ = __init_subclass__

    arg.__deprecated__ = __new__.__deprecated__ = message
    __init_subclass__.__deprecated__ = message
    return arg


_DEPRECATED_MSG = "{name!r} is deprecated and slated for removal in Python {remove}"


def _deprecated(name, message=_DEPRECATED_MSG, *, remove, _version=sys.version_info):
    """Warn about a part of the standard library, which must be gone in version `remove`."""
    version = f"{remove[0]}.{remove[1]}"
    if (_version[:2] > remove) or (
        _version[:2] == remove and _version[3] != "alpha"
    ):
        raise RuntimeError(f"{name!r} was slated for removal after Python {version} alpha")
    warn(message.format(name=name, remove=version), DeprecationWarning, stacklevel=3)


def _warn_unawaited_coroutine(coro):
    """Called by the interpreter when a coroutine dies that was never started."""
    lines = [f"coroutine '{coro.__qualname__}' was never awaited\n"]
    if coro.cr_origin is not None:
        import linecache
        import traceback

        lines.append("Coroutine created at (most recent call last)\n")
        frames = []
        for filename, lineno, funcname in reversed(coro.cr_origin):
            line = linecache.getline(filename, lineno)
            frames.append((filename, lineno, funcname, line))
        lines += traceback.format_list(frames)
    # Two frames up: who dropped it.
    warn(
        "".join(lines).rstrip("\n"),
        category=RuntimeWarning,
        stacklevel=2,
        source=coro,
    )


_processoptions(getattr(sys, "warnoptions", ()))
