"""Options of a command line, as the C function getopt() reads them.

Source: Library Reference "getopt".
"""

import os

__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]


class GetoptError(Exception):
    opt = ""
    msg = ""

    def __init__(self, msg, opt=""):
        self.msg = msg
        self.opt = opt
        super().__init__(msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def getopt(args, shortopts, longopts=[]):
    """getopt(args, options[, long_options]) -> opts, args"""
    opts = []
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    while args and args[0].startswith("-") and args[0] != "-":
        if args[0] == "--":
            args = args[1:]
            break
        opts, args = _take(opts, args, shortopts, longopts)
    return opts, args


def gnu_getopt(args, shortopts, longopts=[]):
    """Like getopt(), but options and other arguments may be mixed."""
    opts = []
    others = []
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    in_order = shortopts.startswith("+")
    if in_order:
        shortopts = shortopts[1:]
    elif os.environ.get("POSIXLY_CORRECT"):
        in_order = True
    while args:
        if args[0] == "--":
            others += args[1:]
            break
        if args[0].startswith("-") and args[0] != "-":
            opts, args = _take(opts, args, shortopts, longopts)
        elif in_order:
            others += args
            break
        else:
            others.append(args[0])
            args = args[1:]
    return opts, others


def _take(opts, args, shortopts, longopts):
    if args[0].startswith("--"):
        return _take_long(opts, args[0][2:], longopts, args[1:])
    return _take_short(opts, args[0][1:], shortopts, args[1:])


def _take_long(opts, opt, longopts, args):
    opt, equals, value = opt.partition("=")
    if not equals:
        value = None
    has_arg, opt = long_has_args(opt, longopts)
    if has_arg:
        if value is None:
            if not args:
                raise GetoptError(f"option --{opt} requires argument", opt)
            value, args = args[0], args[1:]
    elif value is not None:
        raise GetoptError(f"option --{opt} must not have an argument", opt)
    opts.append((f"--{opt}", value or ""))
    return opts, args


def long_has_args(opt, longopts):
    """Whether a long option, perhaps abbreviated, takes an argument; and its whole name."""
    possible = [known for known in longopts if known.startswith(opt)]
    if not possible:
        raise GetoptError(f"option --{opt} not recognized", opt)
    if opt in possible:
        return False, opt
    if opt + "=" in possible:
        return True, opt
    if len(possible) > 1:
        raise GetoptError(f"option --{opt} not a unique prefix", opt)
    found = possible[0]
    return found.endswith("="), found.removesuffix("=")


def _take_short(opts, letters, shortopts, args):
    while letters:
        opt, letters = letters[0], letters[1:]
        value = ""
        if short_has_arg(opt, shortopts):
            if not letters:
                if not args:
                    raise GetoptError(f"option -{opt} requires argument", opt)
                letters, args = args[0], args[1:]
            value, letters = letters, ""
        opts.append((f"-{opt}", value))
    return opts, args


def short_has_arg(opt, shortopts):
    for index, letter in enumerate(shortopts):
        if opt == letter != ":":
            return shortopts.startswith(":", index + 1)
    raise GetoptError(f"option -{opt} not recognized", opt)
