"""Disassembler of Coil's bytecode.

The functions are those of CPython's module; the operations that they show are Coil's own, which are explained in the
book. Source: Standard Library, "dis".
"""

import collections
import io
import sys
import types

import _dis

__all__ = [
    "Bytecode", "Instruction", "code_info", "dis", "disassemble", "disco", "distb", "findlinestarts",
    "get_instructions", "opmap", "opname", "show_code", "stack_effect",
]

opname = _dis.names()
opmap = {name: number for number, name in enumerate(opname)}

_FLAGS = {
    1: "OPTIMIZED",
    2: "NEWLOCALS",
    4: "VARARGS",
    8: "VARKEYWORDS",
    16: "NESTED",
    32: "GENERATOR",
    64: "NOFREE",
    128: "COROUTINE",
    256: "ITERABLE_COROUTINE",
    512: "ASYNC_GENERATOR",
}

_Fields = collections.namedtuple(
    "Instruction", "opname opcode arg argval argrepr offset starts_line line_number is_jump_target"
)


class Instruction(_Fields):
    """An operation: its name and number, its argument and what that means, its place, its line."""

    __slots__ = ()

    @property
    def start_offset(self):
        return self.offset

    @property
    def oparg(self):
        return self.arg


def _code_of(x):
    """The code object of what has one."""
    x = getattr(x, "__func__", x)
    for name in ("__code__", "gi_code", "ag_code", "cr_code"):
        found = getattr(x, name, None)
        if found is not None:
            return found
    if isinstance(x, str):
        try:
            return compile(x, "<disassembly>", "eval")
        except SyntaxError:
            return compile(x, "<disassembly>", "exec")
    if isinstance(x, types.CodeType):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False, show_offsets=False):
    """Disassemble classes, methods, functions, and other compiled objects.

    With no argument, disassemble the last traceback.

    Compiled objects currently include generator objects, async generator
    objects, and coroutine objects, all of which store their code object
    in a special attribute.
    """
    if x is None:
        distb(file=file)
        return
    if isinstance(x, (type, types.ModuleType)):
        for name, member in sorted(vars(x).items()):
            if isinstance(member, (types.FunctionType, types.MethodType, types.CodeType, classmethod, staticmethod, type)):
                print(f"Disassembly of {name}:", file=file)
                try:
                    dis(member, file=file, depth=depth)
                except TypeError as error:
                    print("Sorry:", error, file=file)
                print(file=file)
        return
    _disassemble_all(_code_of(x), file, depth)


def _disassemble_all(code, file, depth):
    print(_dis.disassemble(code), end="", file=file)
    if depth is None or depth > 0:
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                print(file=file)
                print(f"Disassembly of {constant!r}:", file=file)
                _disassemble_all(constant, file, None if depth is None else depth - 1)


def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False, show_offsets=False):
    """Disassemble a code object, those inside it left out."""
    print(_dis.disassemble(co), end="", file=file)


disco = disassemble


def distb(tb=None, *, file=None, show_caches=False, adaptive=False, show_offsets=False):
    """Disassemble a traceback (default: last traceback)."""
    if tb is None:
        error = getattr(sys, "last_exc", None)
        if error is None:
            raise RuntimeError("no last traceback to disassemble")
        tb = error.__traceback__
    while tb.tb_next:
        tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file)


def get_instructions(x, *, first_line=None, show_caches=None, adaptive=False):
    """Iterator for the opcodes in methods, functions or code.

    Generates a series of Instruction named tuples giving the details of
    each operations in the supplied code.
    """
    code = _code_of(x)
    shift = 0 if first_line is None else first_line - code.co_firstlineno
    last = None
    for name, number, argument, meaning, place, line, is_target in _dis.instructions(code):
        if line is not None:
            line += shift
        starts = line is not None and line != last
        last = line
        shown = meaning.partition("(")[2].rpartition(")")[0] if "(" in meaning else ""
        yield Instruction(name, number, argument, shown or argument, shown, place, starts, line, is_target)


def findlinestarts(code):
    """Find the offsets in a byte code which are start of lines in the source.

    Generate pairs (offset, lineno)
    """
    last = False
    for _, _, _, _, place, line, _ in _dis.instructions(code):
        if line != last:
            last = line
            yield place, line


def code_info(x):
    """Formatted details of methods, functions, or code."""
    code = _code_of(x)
    lines = [
        f"Name:              {code.co_name}",
        f"Filename:          {code.co_filename}",
        f"Argument count:    {code.co_argcount}",
        f"Positional-only arguments: {code.co_posonlyargcount}",
        f"Kw-only arguments: {code.co_kwonlyargcount}",
        f"Number of locals:  {code.co_nlocals}",
        f"Stack size:        {code.co_stacksize}",
    ]
    flags = [name for bit, name in _FLAGS.items() if code.co_flags & bit]
    lines.append(f"Flags:             {', '.join(flags) or '0x0'}")
    for title, items, show in (
        ("Constants", code.co_consts, repr),
        ("Names", code.co_names, str),
        ("Variable names", code.co_varnames, str),
        ("Free variables", code.co_freevars, str),
        ("Cell variables", code.co_cellvars, str),
    ):
        if items:
            lines.append(f"{title}:")
            lines.extend(f"{number:4}: {show(item)}" for number, item in enumerate(items))
    return "\n".join(lines)


def show_code(co, *, file=None):
    """Print details of methods, functions, or code to *file*."""
    print(code_info(co), file=file)


def stack_effect(opcode, oparg=None, /, *, jump=None):
    """Compute the stack effect of the opcode: Coil's operations are not CPython's."""
    raise ValueError("invalid opcode or oparg")


class Bytecode:
    """The bytecode operations of a piece of code

    Instantiate this with a function, method, other compiled object, string of
    code, or a code object (as returned by compile()).

    Iterating over this yields the bytecode operations as Instruction instances.
    """

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False, show_offsets=False):
        self.codeobj = _code_of(x)
        self.first_line = self.codeobj.co_firstlineno if first_line is None else first_line
        self._original_object = x
        self.current_offset = current_offset

    def __iter__(self):
        return get_instructions(self.codeobj, first_line=self.first_line)

    def __repr__(self):
        return f"{type(self).__name__}({self._original_object!r})"

    @classmethod
    def from_traceback(cls, tb, **options):
        """Construct a Bytecode from the given traceback"""
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti)

    def info(self):
        """Return formatted information about the code object."""
        return code_info(self.codeobj)

    def dis(self):
        """Return a formatted view of the bytecode operations."""
        out = io.StringIO()
        disassemble(self.codeobj, file=out)
        return out.getvalue()
