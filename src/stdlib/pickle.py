"""Objects as bytes, and back.

A pickle is a program for a small stack machine: its instructions push values, put them
together, and call what rebuilds objects. The Pickler writes such programs, the Unpickler runs
them. Each object is written once; later mentions fetch it from a memo, which is also how an
object can contain itself.

Sources: Library Reference "pickle", "copyreg"; PEP 307, 3154, 574.
"""

import _compat_pickle
import io
import sys
from copyreg import (
    _extension_cache,
    _extension_registry,
    _inverted_registry,
    dispatch_table,
)
from functools import partial
from struct import pack, unpack

__all__ = [
    "PickleError",
    "PicklingError",
    "UnpicklingError",
    "Pickler",
    "Unpickler",
    "dump",
    "dumps",
    "load",
    "loads",
]

bytes_types = (bytes, bytearray)
format_version = "5.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]
HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4


class PickleError(Exception):
    """A common base class for the other pickling exceptions."""


class PicklingError(PickleError):
    """Raised when an unpicklable object is passed to the dump() method."""


class UnpicklingError(PickleError):
    """Raised when there is a problem unpickling an object."""


class _Stop(Exception):
    def __init__(self, value):
        self.value = value


# The instructions. Protocol 0 and 1.
MARK = b"("
STOP = b"."
POP = b"0"
POP_MARK = b"1"
DUP = b"2"
FLOAT = b"F"
INT = b"I"
BININT = b"J"
BININT1 = b"K"
LONG = b"L"
BININT2 = b"M"
NONE = b"N"
PERSID = b"P"
BINPERSID = b"Q"
REDUCE = b"R"
STRING = b"S"
BINSTRING = b"T"
SHORT_BINSTRING = b"U"
UNICODE = b"V"
BINUNICODE = b"X"
APPEND = b"a"
BUILD = b"b"
GLOBAL = b"c"
DICT = b"d"
EMPTY_DICT = b"}"
APPENDS = b"e"
GET = b"g"
BINGET = b"h"
INST = b"i"
LONG_BINGET = b"j"
LIST = b"l"
EMPTY_LIST = b"]"
OBJ = b"o"
PUT = b"p"
BINPUT = b"q"
LONG_BINPUT = b"r"
SETITEM = b"s"
TUPLE = b"t"
EMPTY_TUPLE = b")"
SETITEMS = b"u"
BINFLOAT = b"G"
TRUE = b"I01\n"
FALSE = b"I00\n"
# Protocol 2.
PROTO = b"\x80"
NEWOBJ = b"\x81"
EXT1 = b"\x82"
EXT2 = b"\x83"
EXT4 = b"\x84"
TUPLE1 = b"\x85"
TUPLE2 = b"\x86"
TUPLE3 = b"\x87"
NEWTRUE = b"\x88"
NEWFALSE = b"\x89"
LONG1 = b"\x8a"
LONG4 = b"\x8b"
# Protocol 3.
BINBYTES = b"B"
SHORT_BINBYTES = b"C"
# Protocol 4.
SHORT_BINUNICODE = b"\x8c"
BINUNICODE8 = b"\x8d"
BINBYTES8 = b"\x8e"
EMPTY_SET = b"\x8f"
ADDITEMS = b"\x90"
FROZENSET = b"\x91"
NEWOBJ_EX = b"\x92"
STACK_GLOBAL = b"\x93"
MEMOIZE = b"\x94"
FRAME = b"\x95"
# Protocol 5.
BYTEARRAY8 = b"\x96"
NEXT_BUFFER = b"\x97"
READONLY_BUFFER = b"\x98"

__all__.extend(name for name in dir() if name.isupper())

_SMALL_TUPLES = [EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3]
_BATCH = 1000
_nothing = object()
_FRAME_MIN = 4
_FRAME_TARGET = 64 * 1024


def _get_attribute(obj, name):
    """An attribute given by a dotted name, and the object that has it."""
    parent = None
    for part in name.split("."):
        if part == "<locals>":
            raise AttributeError(f"Can't get local attribute {name!r} on {obj!r}")
        try:
            parent, obj = obj, getattr(obj, part)
        except AttributeError:
            raise AttributeError(f"Can't get attribute {name!r} on {obj!r}") from None
    return obj, parent


def whichmodule(obj, name):
    """Find the module an object belong to."""
    module_name = getattr(obj, "__module__", None)
    if module_name is not None:
        return module_name
    for module_name, module in sys.modules.copy().items():
        if module_name in ("__main__", "__mp_main__") or module is None:
            continue
        try:
            if _get_attribute(module, name)[0] is obj:
                return module_name
        except AttributeError:
            pass
    return "__main__"


def encode_long(x):
    r"""Encode a long to a two's complement little-endian binary string."""
    if x == 0:
        return b""
    size = (x.bit_length() >> 3) + 1
    data = x.to_bytes(size, "little", signed=True)
    if x < 0 and size > 1 and data[-1] == 0xFF and data[-2] & 0x80:
        data = data[:-1]
    return data


def decode_long(data):
    r"""Decode a long from a two's complement little-endian binary string."""
    return int.from_bytes(data, "little", signed=True)


class Pickler:
    """Writes pickles to a file."""

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif not 0 <= protocol <= HIGHEST_PROTOCOL:
            raise ValueError(f"pickle protocol must be <= {HIGHEST_PROTOCOL}")
        if buffer_callback is not None and protocol < 5:
            raise ValueError("buffer_callback needs protocol >= 5")
        self._buffer_callback = buffer_callback
        try:
            self._file_write = file.write
        except AttributeError:
            raise TypeError("file must have a 'write' attribute") from None
        self._out = []
        self._size = 0
        self._framing = False
        self.memo = {}
        self.proto = int(protocol)
        self.bin = protocol >= 1
        self.fast = 0
        self.fix_imports = fix_imports and protocol < 3

    def clear_memo(self):
        """Clears the pickler's "memo"."""
        self.memo.clear()

    def dump(self, obj):
        """Write a pickled representation of obj to the open file."""
        if not hasattr(self, "_file_write"):
            raise PicklingError(
                f"Pickler.__init__() was not called by {self.__class__.__name__}.__init__()"
            )
        if self.proto >= 2:
            self._file_write(PROTO + bytes([self.proto]))
        self._out = []
        self._size = 0
        self._framing = self.proto >= 4
        try:
            self.save(obj)
            self.write(STOP)
        except BaseException:
            self._out = []
            raise
        self._end_frame()

    def write(self, data):
        self._out.append(data)
        self._size += len(data)

    def _end_frame(self):
        data = b"".join(self._out)
        self._out = []
        self._size = 0
        if data:
            if self._framing and len(data) >= _FRAME_MIN:
                self._file_write(FRAME + pack("<Q", len(data)))
            self._file_write(data)

    def _write_large(self, header, payload):
        """A large payload stands outside of frames, and is not copied."""
        self._end_frame()
        self._file_write(header)
        self._file_write(payload)

    def memoize(self, obj):
        """Store an object in the memo."""
        if self.fast:
            return
        index = len(self.memo)
        self.write(self.put(index))
        self.memo[id(obj)] = index, obj

    def put(self, index):
        if self.proto >= 4:
            return MEMOIZE
        if self.bin:
            return BINPUT + bytes([index]) if index < 256 else LONG_BINPUT + pack("<I", index)
        return PUT + repr(index).encode("ascii") + b"\n"

    def get(self, index):
        if self.bin:
            return BINGET + bytes([index]) if index < 256 else LONG_BINGET + pack("<I", index)
        return GET + repr(index).encode("ascii") + b"\n"

    def save(self, obj, save_persistent_id=True):
        if self._framing and self._size >= _FRAME_TARGET:
            self._end_frame()
        if save_persistent_id:
            pid = self.persistent_id(obj)
            if pid is not None:
                self.save_pers(pid)
                return
        kind = type(obj)
        method = self.dispatch.get(kind)
        if method is not None and method in _ATOMS:
            method(self, obj)
            return
        known = self.memo.get(id(obj))
        if known is not None:
            self.write(self.get(known[0]))
            return
        reduced = NotImplemented
        override = getattr(self, "reducer_override", None)
        # The built-in containers and texts are not asked about, as in CPython.
        if override is not None and kind not in _NEVER_OVERRIDDEN:
            reduced = override(obj)
        if reduced is NotImplemented:
            if method is not None:
                method(self, obj)
                return
            reducer = getattr(self, "dispatch_table", dispatch_table).get(kind, _nothing)
            if reducer is not _nothing:
                reduced = reducer(obj)
            elif issubclass(kind, type):
                self.save_global(obj)
                return
            else:
                reducer = getattr(obj, "__reduce_ex__", None)
                if reducer is not None:
                    reduced = reducer(self.proto)
                else:
                    reducer = getattr(obj, "__reduce__", None)
                    if reducer is None:
                        raise PicklingError(f"can't pickle {kind.__name__!r} object: {obj!r}")
                    reduced = reducer()
        if isinstance(reduced, str):
            self.save_global(obj, reduced)
            return
        if not isinstance(reduced, tuple):
            raise PicklingError("__reduce__ must return a string or tuple")
        if not 2 <= len(reduced) <= 6:
            raise PicklingError("tuple returned by __reduce__ must contain 2 through 6 elements")
        self.save_reduce(obj=obj, *reduced)

    def persistent_id(self, obj):
        return None

    def save_pers(self, pid):
        if self.bin:
            self.save(pid, save_persistent_id=False)
            self.write(BINPERSID)
            return
        try:
            self.write(PERSID + str(pid).encode("ascii") + b"\n")
        except UnicodeEncodeError:
            raise PicklingError("persistent IDs in protocol 0 must be ASCII strings") from None

    def save_reduce(
        self,
        func,
        args,
        state=None,
        listitems=None,
        dictitems=None,
        state_setter=None,
        *,
        obj=None,
    ):
        if not callable(func):
            raise PicklingError("first item of the tuple returned by __reduce__ must be callable")
        if not isinstance(args, tuple):
            raise PicklingError("second item of the tuple returned by __reduce__ must be a tuple")
        save, write = self.save, self.write
        name = getattr(func, "__name__", "")
        if self.proto >= 2 and name == "__newobj_ex__":
            cls, args, kwargs = args
            if not hasattr(cls, "__new__"):
                raise PicklingError("args[0] from __newobj_ex__ args has no __new__")
            if obj is not None and cls is not obj.__class__:
                raise PicklingError("args[0] from __newobj_ex__ args has the wrong class")
            if self.proto >= 4:
                save(cls)
                save(args)
                save(kwargs)
                write(NEWOBJ_EX)
            else:
                save(partial(cls.__new__, cls, *args, **kwargs))
                save(())
                write(REDUCE)
        elif self.proto >= 2 and name == "__newobj__":
            cls = args[0]
            if not hasattr(cls, "__new__"):
                raise PicklingError("args[0] from __newobj__ args has no __new__")
            if obj is not None and cls is not obj.__class__:
                raise PicklingError("args[0] from __newobj__ args has the wrong class")
            save(cls)
            save(args[1:])
            write(NEWOBJ)
        else:
            save(func)
            save(args)
            write(REDUCE)
        if obj is not None:
            if id(obj) in self.memo:
                # The arguments contain the object: what was written meanwhile is it.
                write(POP + self.get(self.memo[id(obj)][0]))
            else:
                self.memoize(obj)
        if listitems is not None:
            self._batch_appends(listitems)
        if dictitems is not None:
            self._batch_setitems(dictitems)
        if state is not None:
            if state_setter is None:
                save(state)
                write(BUILD)
            else:
                save(state_setter)
                save(obj)
                save(state)
                write(TUPLE2)
                write(REDUCE)
                # What the setter returns is not wanted.
                write(POP)

    dispatch = {}

    def save_none(self, obj):
        self.write(NONE)

    dispatch[type(None)] = save_none

    def save_bool(self, obj):
        if self.proto >= 2:
            self.write(NEWTRUE if obj else NEWFALSE)
        else:
            self.write(TRUE if obj else FALSE)

    dispatch[bool] = save_bool

    def save_long(self, obj):
        if self.bin:
            if 0 <= obj <= 0xFF:
                self.write(BININT1 + bytes([obj]))
                return
            if 0 <= obj <= 0xFFFF:
                self.write(BININT2 + pack("<H", obj))
                return
            if -0x80000000 <= obj <= 0x7FFFFFFF:
                self.write(BININT + pack("<i", obj))
                return
        if self.proto >= 2:
            data = encode_long(obj)
            if len(data) < 256:
                self.write(LONG1 + bytes([len(data)]) + data)
            else:
                self.write(LONG4 + pack("<i", len(data)) + data)
        elif -0x80000000 <= obj <= 0x7FFFFFFF:
            self.write(INT + repr(obj).encode("ascii") + b"\n")
        else:
            self.write(LONG + repr(obj).encode("ascii") + b"L\n")

    dispatch[int] = save_long

    def save_float(self, obj):
        if self.bin:
            self.write(BINFLOAT + pack(">d", obj))
        else:
            self.write(FLOAT + repr(obj).encode("ascii") + b"\n")

    dispatch[float] = save_float

    def save_bytes(self, obj):
        if self.proto < 3:
            if not obj:
                self.save_reduce(bytes, (), obj=obj)
            else:
                import _codecs

                self.save_reduce(_codecs.encode, (str(obj, "latin1"), "latin1"), obj=obj)
            return
        size = len(obj)
        if size <= 0xFF:
            self.write(SHORT_BINBYTES + bytes([size]) + obj)
        elif size > 0xFFFFFFFF and self.proto >= 4:
            self._write_large(BINBYTES8 + pack("<Q", size), obj)
        elif size >= _FRAME_TARGET:
            self._write_large(BINBYTES + pack("<I", size), obj)
        else:
            self.write(BINBYTES + pack("<I", size) + obj)
        self.memoize(obj)

    dispatch[bytes] = save_bytes

    def save_bytearray(self, obj):
        if self.proto < 5:
            args = (bytes(obj),) if obj else ()
            self.save_reduce(bytearray, args, obj=obj)
            return
        header = BYTEARRAY8 + pack("<Q", len(obj))
        if len(obj) >= _FRAME_TARGET:
            self._write_large(header, obj)
        else:
            self.write(header + obj)
        self.memoize(obj)

    dispatch[bytearray] = save_bytearray

    def save_str(self, obj):
        if self.bin:
            data = obj.encode("utf-8", "surrogatepass")
            size = len(data)
            if size <= 0xFF and self.proto >= 4:
                self.write(SHORT_BINUNICODE + bytes([size]) + data)
            elif size > 0xFFFFFFFF and self.proto >= 4:
                self._write_large(BINUNICODE8 + pack("<Q", size), data)
            elif size >= _FRAME_TARGET:
                self._write_large(BINUNICODE + pack("<I", size), data)
            else:
                self.write(BINUNICODE + pack("<I", size) + data)
        else:
            text = obj
            for char in "\\\0\n\r\x1a":
                text = text.replace(char, f"\\u{ord(char):04x}")
            self.write(UNICODE + text.encode("raw-unicode-escape") + b"\n")
        self.memoize(obj)

    dispatch[str] = save_str

    def save_tuple(self, obj):
        if not obj:
            self.write(EMPTY_TUPLE if self.bin else MARK + TUPLE)
            return
        size = len(obj)
        save, memo = self.save, self.memo
        if size <= 3 and self.proto >= 2:
            for element in obj:
                save(element)
            if id(obj) in memo:
                # The tuple contains itself, through something: it is there already.
                self.write(POP * size + self.get(memo[id(obj)][0]))
            else:
                self.write(_SMALL_TUPLES[size])
                self.memoize(obj)
            return
        self.write(MARK)
        for element in obj:
            save(element)
        if id(obj) in memo:
            get = self.get(memo[id(obj)][0])
            self.write(POP_MARK + get if self.bin else POP * (size + 1) + get)
            return
        self.write(TUPLE)
        self.memoize(obj)

    dispatch[tuple] = save_tuple

    def save_list(self, obj):
        self.write(EMPTY_LIST if self.bin else MARK + LIST)
        self.memoize(obj)
        self._batch_appends(obj)

    dispatch[list] = save_list

    def _batches(self, items):
        items = iter(items)
        while True:
            batch = []
            for item in items:
                batch.append(item)
                if len(batch) == _BATCH:
                    break
            if batch:
                yield batch
            if len(batch) < _BATCH:
                return

    def _batch_appends(self, items):
        save, write = self.save, self.write
        if not self.bin:
            for item in items:
                save(item)
                write(APPEND)
            return
        for batch in self._batches(items):
            if len(batch) == 1:
                save(batch[0])
                write(APPEND)
                continue
            write(MARK)
            for item in batch:
                save(item)
            write(APPENDS)

    def save_dict(self, obj):
        self.write(EMPTY_DICT if self.bin else MARK + DICT)
        self.memoize(obj)
        self._batch_setitems(obj.items())

    dispatch[dict] = save_dict

    def _batch_setitems(self, items):
        save, write = self.save, self.write
        if not self.bin:
            for key, value in items:
                save(key)
                save(value)
                write(SETITEM)
            return
        for batch in self._batches(items):
            if len(batch) > 1:
                write(MARK)
            for key, value in batch:
                save(key)
                save(value)
            write(SETITEMS if len(batch) > 1 else SETITEM)

    def save_set(self, obj):
        if self.proto < 4:
            self.save_reduce(set, (list(obj),), obj=obj)
            return
        self.write(EMPTY_SET)
        self.memoize(obj)
        for batch in self._batches(obj):
            self.write(MARK)
            for item in batch:
                self.save(item)
            self.write(ADDITEMS)

    dispatch[set] = save_set

    def save_frozenset(self, obj):
        if self.proto < 4:
            self.save_reduce(frozenset, (list(obj),), obj=obj)
            return
        self.write(MARK)
        for item in obj:
            self.save(item)
        if id(obj) in self.memo:
            self.write(POP_MARK + self.get(self.memo[id(obj)][0]))
            return
        self.write(FROZENSET)
        self.memoize(obj)

    dispatch[frozenset] = save_frozenset

    def save_global(self, obj, name=None):
        if name is None:
            name = getattr(obj, "__qualname__", None)
            if name is None:
                name = obj.__name__
        module_name = whichmodule(obj, name)
        try:
            __import__(module_name, level=0)
            module = sys.modules[module_name]
        except (ImportError, ValueError, KeyError):
            raise PicklingError(
                f"Can't pickle {obj!r}: import of module {module_name!r} failed"
            ) from None
        if "<locals>" in name.split("."):
            raise AttributeError(f"Can't get local object {name!r}")
        try:
            found = _get_attribute(module, name)[0]
        except AttributeError:
            raise PicklingError(
                f"Can't pickle {obj!r}: attribute lookup {name} on {module_name} failed"
            ) from None
        if found is not obj:
            raise PicklingError(
                f"Can't pickle {obj!r}: it's not the same object as {module_name}.{name}"
            )
        if self.proto >= 2:
            code = _extension_registry.get((module_name, name))
            if code:
                if code <= 0xFF:
                    self.write(EXT1 + bytes([code]))
                elif code <= 0xFFFF:
                    self.write(EXT2 + pack("<H", code))
                else:
                    self.write(EXT4 + pack("<i", code))
                return
        if self.proto >= 4:
            self.save(module_name)
            self.save(name)
            self.write(STACK_GLOBAL)
        elif "." in name:
            # One getattr() per dot.
            name, *attributes = name.split(".")
            for _ in attributes:
                self.save(getattr)
                if self.proto < 2:
                    self.write(MARK)
            self._write_global(module_name, name)
            for attribute in attributes:
                self.save(attribute)
                self.write(TUPLE if self.proto < 2 else TUPLE2)
                self.write(REDUCE)
        else:
            self._write_global(module_name, name)
        self.memoize(obj)

    def _write_global(self, module_name, name):
        encoding = "utf-8"
        if self.proto < 3:
            encoding = "ascii"
            if self.fix_imports:
                names = _compat_pickle.REVERSE_NAME_MAPPING
                modules = _compat_pickle.REVERSE_IMPORT_MAPPING
                if (module_name, name) in names:
                    module_name, name = names[module_name, name]
                elif module_name in modules:
                    module_name = modules[module_name]
        try:
            module, last = module_name.encode(encoding), name.encode(encoding)
        except UnicodeEncodeError:
            raise PicklingError(
                f"can't pickle global identifier '{module_name}.{name}' using pickle "
                f"protocol {self.proto}"
            ) from None
        self.write(GLOBAL + module + b"\n" + last + b"\n")

    def save_type(self, obj):
        for singleton in (None, NotImplemented, ...):
            if obj is type(singleton):
                self.save_reduce(type, (singleton,), obj=obj)
                return
        self.save_global(obj)

    dispatch[type(save_type)] = save_global
    dispatch[type] = save_type


# What is written without looking into the memo.
_ATOMS = {Pickler.save_none, Pickler.save_bool, Pickler.save_long, Pickler.save_float}
_NEVER_OVERRIDDEN = {
    kind for kind in Pickler.dispatch if kind not in (type, type(Pickler.save_type))
}
_Pickler = Pickler


class Unpickler:
    """Reads pickles from a file."""

    def __init__(
        self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None
    ):
        self._buffers = iter(buffers) if buffers is not None else None
        for name in ("read", "readline"):
            if not hasattr(file, name):
                raise AttributeError("file must have 'read' and 'readline' attributes")
        self._file_readline = file.readline
        self._file_read = file.read
        self.memo = {}
        self.encoding = encoding
        self.errors = errors
        self.proto = 0
        self.fix_imports = fix_imports

    def load(self):
        """Read a pickled object representation from the open file."""
        if not hasattr(self, "_file_read"):
            raise UnpicklingError(
                f"Unpickler.__init__() was not called by {self.__class__.__name__}.__init__()"
            )
        self._frame = None
        self.metastack = []
        self.stack = []
        self.append = self.stack.append
        self.proto = 0
        dispatch = self.dispatch
        read = self.read
        try:
            while True:
                key = read(1)
                if not key:
                    raise EOFError("Ran out of input")
                try:
                    method = dispatch[key[0]]
                except KeyError:
                    shown = repr(key)[1:].strip("'\"")
                    raise UnpicklingError(f"invalid load key, '{shown}'.") from None
                method(self)
        except _Stop as stop:
            return stop.value
        except IndexError as error:
            if str(error) in ("pop from empty list", "list index out of range"):
                raise UnpicklingError("unpickling stack underflow") from None
            raise

    def read(self, size):
        frame = self._frame
        if frame is not None:
            data = frame.read(size)
            if not data and size:
                self._frame = None
                return self._file_read(size)
            if len(data) < size:
                raise UnpicklingError("pickle exhausted before end of frame")
            return data
        return self._file_read(size)

    def _need(self, size):
        data = self.read(size)
        if len(data) < size:
            raise UnpicklingError("pickle data was truncated")
        return data

    def readline(self):
        if self._frame is not None:
            data = self._frame.readline()
            if not data:
                self._frame = None
                return self._file_readline()
            if data[-1] != b"\n"[0]:
                raise UnpicklingError("pickle exhausted before end of frame")
            return data
        line = self._file_readline()
        if not line.endswith(b"\n"):
            raise UnpicklingError("pickle data was truncated")
        return line

    def pop_mark(self):
        if not self.metastack:
            raise UnpicklingError("could not find MARK")
        items = self.stack
        self.stack = self.metastack.pop()
        self.append = self.stack.append
        return items

    def persistent_load(self, pid):
        raise UnpicklingError(
            "A load persistent id instruction was encountered, but no persistent_load "
            "function was specified."
        )

    dispatch = {}

    def load_proto(self):
        proto = self._need(1)[0]
        if not 0 <= proto <= HIGHEST_PROTOCOL:
            raise ValueError(f"unsupported pickle protocol: {proto}")
        self.proto = proto

    def load_frame(self):
        (size,) = unpack("<Q", self._need(8))
        if size > sys.maxsize:
            raise ValueError(f"frame size > sys.maxsize: {size}")
        if self._frame is not None and self._frame.read(1):
            raise UnpicklingError("beginning of a new frame before end of current frame")
        data = self._file_read(size)
        if len(data) < size:
            raise UnpicklingError("pickle data was truncated")
        self._frame = io.BytesIO(data)

    def load_persid(self):
        try:
            pid = self.readline()[:-1].decode("ascii")
        except UnicodeDecodeError:
            raise UnpicklingError("persistent IDs in protocol 0 must be ASCII strings") from None
        self.append(self.persistent_load(pid))

    def load_binpersid(self):
        self.append(self.persistent_load(self.stack.pop()))

    def load_int(self):
        data = self.readline()
        if data == FALSE[1:]:
            value = False
        elif data == TRUE[1:]:
            value = True
        else:
            value = int(data)
        self.append(value)

    def load_long(self):
        data = self.readline()[:-1]
        if data and data[-1] == b"L"[0]:
            data = data[:-1]
        self.append(int(data, 0))

    def _load_long_of(self, size):
        if size < 0:
            raise UnpicklingError("LONG pickle has negative byte count")
        self.append(decode_long(self._need(size)))

    def _string(self, data):
        """What was a str of Python 2."""
        if self.encoding == "bytes":
            self.append(data)
        else:
            self.append(data.decode(self.encoding, self.errors))

    def load_string(self):
        data = self.readline()[:-1]
        if len(data) < 2 or data[0] != data[-1] or data[0] not in b"\"'":
            raise UnpicklingError("the STRING opcode argument must be quoted")
        import _codecs

        self._string(_codecs.escape_decode(data[1:-1])[0])

    def load_binstring(self):
        (size,) = unpack("<i", self._need(4))
        if size < 0:
            raise UnpicklingError("BINSTRING pickle has negative byte count")
        self._string(self._need(size))

    def _limited(self, format, width, name):
        (size,) = unpack(format, self._need(width))
        if size > sys.maxsize:
            raise UnpicklingError(
                f"{name} exceeds system's maximum size of {sys.maxsize} bytes"
            )
        return self._need(size)

    def load_bytearray8(self):
        self.append(bytearray(self._limited("<Q", 8, "BYTEARRAY8")))

    def load_next_buffer(self):
        if self._buffers is None:
            raise UnpicklingError(
                "pickle stream refers to out-of-band data but no *buffers* argument was given"
            )
        try:
            self.append(next(self._buffers))
        except StopIteration:
            raise UnpicklingError("not enough out-of-band buffers") from None

    def load_readonly_buffer(self):
        with memoryview(self.stack[-1]) as view:
            if not view.readonly:
                self.stack[-1] = view.toreadonly()

    def load_tuple(self):
        items = self.pop_mark()
        self.append(tuple(items))

    def _last(self, count):
        if len(self.stack) < count:
            raise UnpicklingError("unpickling stack underflow")
        self.stack[-count:] = [tuple(self.stack[-count:])]

    def load_list(self):
        items = self.pop_mark()
        self.append(items)

    def load_dict(self):
        items = self.pop_mark()
        self.append(dict(zip(items[::2], items[1::2])))

    def load_frozenset(self):
        items = self.pop_mark()
        self.append(frozenset(items))

    def _instantiate(self, cls, args):
        if args or not isinstance(cls, type) or hasattr(cls, "__getinitargs__"):
            value = cls(*args)
        else:
            value = cls.__new__(cls)
        self.append(value)

    def load_inst(self):
        module = self.readline()[:-1].decode("ascii")
        name = self.readline()[:-1].decode("ascii")
        args = self.pop_mark()
        self._instantiate(self.find_class(module, name), args)

    def load_obj(self):
        args = self.pop_mark()
        cls = args.pop(0)
        self._instantiate(cls, args)

    def load_newobj(self):
        args = self.stack.pop()
        cls = self.stack.pop()
        if not isinstance(cls, type):
            raise UnpicklingError(
                f"NEWOBJ class argument must be a type, not {type(cls).__name__}"
            )
        self.append(cls.__new__(cls, *args))

    def load_newobj_ex(self):
        kwargs = self.stack.pop()
        args = self.stack.pop()
        cls = self.stack.pop()
        self.append(cls.__new__(cls, *args, **kwargs))

    def load_global(self):
        module = self.readline()[:-1].decode("utf-8")
        name = self.readline()[:-1].decode("utf-8")
        self.append(self.find_class(module, name))

    def load_stack_global(self):
        name = self.stack.pop()
        module = self.stack.pop()
        if type(name) is not str or type(module) is not str:
            raise UnpicklingError("STACK_GLOBAL requires str")
        self.append(self.find_class(module, name))

    def _extension(self, code):
        missing = []
        obj = _extension_cache.get(code, missing)
        if obj is missing:
            key = _inverted_registry.get(code)
            if not key:
                if code <= 0:
                    raise UnpicklingError("EXT specifies code <= 0")
                raise ValueError(f"unregistered extension code {code}")
            obj = self.find_class(*key)
            _extension_cache[code] = obj
        self.append(obj)

    def find_class(self, module, name):
        sys.audit("pickle.find_class", module, name)
        if self.proto < 3 and self.fix_imports:
            if (module, name) in _compat_pickle.NAME_MAPPING:
                module, name = _compat_pickle.NAME_MAPPING[module, name]
            elif module in _compat_pickle.IMPORT_MAPPING:
                module = _compat_pickle.IMPORT_MAPPING[module]
        __import__(module, level=0)
        if self.proto >= 4:
            return _get_attribute(sys.modules[module], name)[0]
        try:
            return getattr(sys.modules[module], name)
        except AttributeError:
            raise AttributeError(
                f"Can't get attribute {name!r} on {sys.modules[module]!r}"
            ) from None

    def load_reduce(self):
        args = self.stack.pop()
        func = self.stack[-1]
        self.stack[-1] = func(*args)

    def load_pop(self):
        if self.stack:
            del self.stack[-1]
        else:
            self.pop_mark()

    def load_dup(self):
        self.append(self.stack[-1])

    def _from_memo(self, index):
        try:
            self.append(self.memo[index])
        except KeyError:
            raise UnpicklingError(f"Memo value not found at index {index}") from None

    def _to_memo(self, index):
        if index < 0:
            raise ValueError("negative PUT argument")
        self.memo[index] = self.stack[-1]

    def load_memoize(self):
        self.memo[len(self.memo)] = self.stack[-1]

    def load_append(self):
        value = self.stack.pop()
        self.stack[-1].append(value)

    def load_appends(self):
        items = self.pop_mark()
        target = self.stack[-1]
        extend = getattr(target, "extend", None)
        if extend is not None:
            extend(items)
            return
        # What was pickled by an older version may only know `append`.
        append = target.append
        for item in items:
            append(item)

    def load_setitem(self):
        value = self.stack.pop()
        key = self.stack.pop()
        self.stack[-1][key] = value

    def load_setitems(self):
        items = self.pop_mark()
        target = self.stack[-1]
        for index in range(0, len(items), 2):
            target[items[index]] = items[index + 1]

    def load_additems(self):
        items = self.pop_mark()
        target = self.stack[-1]
        if isinstance(target, set):
            target.update(items)
        else:
            add = target.add
            for item in items:
                add(item)

    def load_build(self):
        state = self.stack.pop()
        obj = self.stack[-1]
        missing = []
        setter = getattr(obj, "__setstate__", missing)
        if setter is not missing:
            setter(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            attributes = obj.__dict__
            for name, value in state.items():
                attributes[sys.intern(name) if type(name) is str else name] = value
        if slots:
            for name, value in slots.items():
                setattr(obj, name, value)

    def load_mark(self):
        self.metastack.append(self.stack)
        self.stack = []
        self.append = self.stack.append

    def load_stop(self):
        raise _Stop(self.stack.pop())

    for _code, _method in (
        (PROTO, load_proto),
        (FRAME, load_frame),
        (PERSID, load_persid),
        (BINPERSID, load_binpersid),
        (NONE, lambda self: self.append(None)),
        (NEWFALSE, lambda self: self.append(False)),
        (NEWTRUE, lambda self: self.append(True)),
        (INT, load_int),
        (BININT, lambda self: self.append(unpack("<i", self._need(4))[0])),
        (BININT1, lambda self: self.append(self._need(1)[0])),
        (BININT2, lambda self: self.append(unpack("<H", self._need(2))[0])),
        (LONG, load_long),
        (LONG1, lambda self: self._load_long_of(self._need(1)[0])),
        (LONG4, lambda self: self._load_long_of(unpack("<i", self._need(4))[0])),
        (FLOAT, lambda self: self.append(float(self.readline()[:-1]))),
        (BINFLOAT, lambda self: self.append(unpack(">d", self._need(8))[0])),
        (STRING, load_string),
        (BINSTRING, load_binstring),
        (SHORT_BINSTRING, lambda self: self._string(self._need(self._need(1)[0]))),
        (BINBYTES, lambda self: self.append(self._limited("<I", 4, "BINBYTES"))),
        (BINBYTES8, lambda self: self.append(self._limited("<Q", 8, "BINBYTES8"))),
        (SHORT_BINBYTES, lambda self: self.append(self._need(self._need(1)[0]))),
        (
            UNICODE,
            lambda self: self.append(str(self.readline()[:-1], "raw-unicode-escape")),
        ),
        (
            BINUNICODE,
            lambda self: self.append(
                str(self._limited("<I", 4, "BINUNICODE"), "utf-8", "surrogatepass")
            ),
        ),
        (
            BINUNICODE8,
            lambda self: self.append(
                str(self._limited("<Q", 8, "BINUNICODE8"), "utf-8", "surrogatepass")
            ),
        ),
        (
            SHORT_BINUNICODE,
            lambda self: self.append(
                str(self._need(self._need(1)[0]), "utf-8", "surrogatepass")
            ),
        ),
        (BYTEARRAY8, load_bytearray8),
        (NEXT_BUFFER, load_next_buffer),
        (READONLY_BUFFER, load_readonly_buffer),
        (TUPLE, load_tuple),
        (EMPTY_TUPLE, lambda self: self.append(())),
        (TUPLE1, lambda self: self._last(1)),
        (TUPLE2, lambda self: self._last(2)),
        (TUPLE3, lambda self: self._last(3)),
        (EMPTY_LIST, lambda self: self.append([])),
        (EMPTY_DICT, lambda self: self.append({})),
        (EMPTY_SET, lambda self: self.append(set())),
        (FROZENSET, load_frozenset),
        (LIST, load_list),
        (DICT, load_dict),
        (INST, load_inst),
        (OBJ, load_obj),
        (NEWOBJ, load_newobj),
        (NEWOBJ_EX, load_newobj_ex),
        (GLOBAL, load_global),
        (STACK_GLOBAL, load_stack_global),
        (EXT1, lambda self: self._extension(self._need(1)[0])),
        (EXT2, lambda self: self._extension(unpack("<H", self._need(2))[0])),
        (EXT4, lambda self: self._extension(unpack("<i", self._need(4))[0])),
        (REDUCE, load_reduce),
        (POP, load_pop),
        (POP_MARK, lambda self: self.pop_mark()),
        (DUP, load_dup),
        (GET, lambda self: self._from_memo(int(self.readline()[:-1]))),
        (BINGET, lambda self: self._from_memo(self._need(1)[0])),
        (LONG_BINGET, lambda self: self._from_memo(unpack("<I", self._need(4))[0])),
        (PUT, lambda self: self._to_memo(int(self.readline()[:-1]))),
        (BINPUT, lambda self: self._to_memo(self._need(1)[0])),
        (LONG_BINPUT, lambda self: self._to_memo(unpack("<I", self._need(4))[0])),
        (MEMOIZE, load_memoize),
        (APPEND, load_append),
        (APPENDS, load_appends),
        (SETITEM, load_setitem),
        (SETITEMS, load_setitems),
        (ADDITEMS, load_additems),
        (BUILD, load_build),
        (MARK, load_mark),
        (STOP, load_stop),
    ):
        dispatch[_code[0]] = _method
    del _code, _method


_Unpickler = Unpickler


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Write a pickled representation of obj to the open file object file."""
    Pickler(
        file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback
    ).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Return the pickled representation of the object as a bytes object."""
    file = io.BytesIO()
    Pickler(
        file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback
    ).dump(obj)
    return file.getvalue()


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """Read and return an object from the pickle data stored in a file."""
    return Unpickler(
        file, fix_imports=fix_imports, buffers=buffers, encoding=encoding, errors=errors
    ).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """Read and return an object from the given pickle data."""
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    file = io.BytesIO(data)
    return Unpickler(
        file, fix_imports=fix_imports, buffers=buffers, encoding=encoding, errors=errors
    ).load()


# The names of what CPython has in Python beside what it has in C.
_dump, _dumps, _load, _loads = dump, dumps, load, loads
