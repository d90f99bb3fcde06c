"""Values and arrays that processes share: they are in a file without a name, whose descriptor
children get.

Source: Library Reference "multiprocessing", Shared ctypes Objects.
"""

import os
import struct

from .context import _default_context, assert_spawning, get_spawning_popen

__all__ = ["RawValue", "RawArray", "Value", "Array", "copy", "synchronized"]

_CODES = {"c": "c", "u": "I"} | {code: code for code in "bBhHiIlLqQfd"}


def _code_of(typecode_or_type):
    """The format of one item: a type code, or a type of ctypes."""
    code = typecode_or_type
    if not isinstance(code, str):
        code = getattr(code, "_type_", None)
    if code not in _CODES:
        raise TypeError(f"this type has no storage: {typecode_or_type!r}")
    return code


class _Storage:
    """Items of one type in a file."""

    def __init__(self, code, length):
        import tempfile

        self._code = code
        self._format = struct.Struct("@" + _CODES[code])
        folder = "/dev/shm" if os.path.isdir("/dev/shm") else None
        self._fd, path = tempfile.mkstemp(prefix="pym-", dir=folder)
        os.unlink(path)
        self._length = length
        os.ftruncate(self._fd, self._format.size * length)

    def __getstate__(self):
        assert_spawning(self)
        return self._code, get_spawning_popen().duplicate_for_child(self._fd), self._length

    def __setstate__(self, state):
        self._code, self._fd, self._length = state
        self._format = struct.Struct("@" + _CODES[self._code])

    def __del__(self):
        fd = self.__dict__.pop("_fd", None)
        if fd is not None:
            os.close(fd)

    def _load(self, index):
        size = self._format.size
        (item,) = self._format.unpack(os.pread(self._fd, size, index * size))
        return chr(item) if self._code == "u" else item

    def _store(self, index, item):
        if self._code == "u":
            item = ord(item)
        elif self._code in "fd":
            item = float(item)
        try:
            data = self._format.pack(item)
        except struct.error:
            # As in C: what does not fit is cut.
            if not isinstance(item, int) or self._code == "c":
                raise TypeError(f"an integer is required (got type {type(item).__name__})") from None
            bits = self._format.size * 8
            item &= (1 << bits) - 1
            if self._code.islower() and item >> bits - 1:
                item -= 1 << bits
            data = self._format.pack(item)
        os.pwrite(self._fd, data, index * self._format.size)


class _Value(_Storage):
    """One item, as the attribute `value`."""

    def __init__(self, code, value=None):
        super().__init__(code, 1)
        if value is not None:
            self._store(0, value)

    @property
    def value(self):
        return self._load(0)

    @value.setter
    def value(self, value):
        self._store(0, value)

    def __repr__(self):
        return f"c_value({self.value!r})"


class _Array(_Storage):
    """Items as a sequence of fixed length."""

    def __len__(self):
        return self._length

    def _index(self, index):
        index = index.__index__()
        if index < 0:
            index += self._length
        if not 0 <= index < self._length:
            raise IndexError("invalid index")
        return index

    def __getitem__(self, index):
        if isinstance(index, slice):
            items = [self._load(i) for i in range(*index.indices(self._length))]
            return b"".join(items) if self._code == "c" else items
        return self._load(self._index(index))

    def __setitem__(self, index, value):
        if not isinstance(index, slice):
            self._store(self._index(index), value)
            return
        places = range(*index.indices(self._length))
        if self._code == "c" and isinstance(value, bytes):
            value = [value[i : i + 1] for i in range(len(value))]
        values = list(value)
        if len(values) != len(places):
            raise ValueError("Can only assign sequence of same size")
        for place, item in zip(places, values):
            self._store(place, item)

    def __iter__(self):
        for index in range(self._length):
            yield self._load(index)

    @property
    def raw(self):
        return os.pread(self._fd, self._length * self._format.size, 0)

    @raw.setter
    def raw(self, value):
        os.pwrite(self._fd, value, 0)

    @property
    def value(self):
        return self.raw.partition(b"\0")[0]

    @value.setter
    def value(self, value):
        os.pwrite(self._fd, value + b"\0" if len(value) < self._length else value, 0)


def RawValue(typecode_or_type, *args):
    """Returns a shared value without a lock"""
    return _Value(_code_of(typecode_or_type), *args)


def RawArray(typecode_or_type, size_or_initializer):
    """Returns a shared array without a lock"""
    code = _code_of(typecode_or_type)
    if isinstance(size_or_initializer, int):
        return _Array(code, size_or_initializer)
    items = list(size_or_initializer)
    if code == "c" and isinstance(size_or_initializer, bytes):
        items = [bytes((each,)) for each in items]
    array = _Array(code, len(items))
    array[:] = items
    return array


def Value(typecode_or_type, *args, lock=True, ctx=None):
    """Return a synchronization wrapper for a value"""
    return synchronized(RawValue(typecode_or_type, *args), lock, ctx)


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    """Return a synchronization wrapper for an array"""
    return synchronized(RawArray(typecode_or_type, size_or_initializer), lock, ctx)


def copy(obj):
    """A copy in storage of its own."""
    if isinstance(obj, (Synchronized, SynchronizedArray)):
        obj = obj.get_obj()
    return RawValue(obj._code, obj.value) if isinstance(obj, _Value) else RawArray(obj._code, list(obj))


def synchronized(obj, lock=None, ctx=None):
    """The object with a lock; the object itself where none is wanted."""
    if lock is False:
        return obj
    if lock in (True, None):
        lock = (ctx or _default_context).RLock()
    if not hasattr(lock, "acquire"):
        raise AttributeError(f"{lock!r} has no method 'acquire'")
    return Synchronized(obj, lock) if isinstance(obj, _Value) else SynchronizedArray(obj, lock)


class SynchronizedBase:
    """A shared object and the lock that guards it."""

    def __init__(self, obj, lock=None, ctx=None):
        self._obj = obj
        self._lock = lock or (ctx or _default_context).RLock()
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __reduce__(self):
        assert_spawning(self)
        return type(self), (self._obj, self._lock)

    def get_obj(self):
        return self._obj

    def get_lock(self):
        return self._lock

    def __repr__(self):
        return f"<{type(self).__name__} wrapper for {self._obj}>"


class Synchronized(SynchronizedBase):
    @property
    def value(self):
        with self._lock:
            return self._obj.value

    @value.setter
    def value(self, value):
        with self._lock:
            self._obj.value = value


class SynchronizedArray(SynchronizedBase):
    def __len__(self):
        return len(self._obj)

    def __getitem__(self, index):
        with self._lock:
            return self._obj[index]

    def __setitem__(self, index, value):
        with self._lock:
            self._obj[index] = value

    def __getslice__(self, start, stop):
        with self._lock:
            return self._obj[start:stop]

    @property
    def value(self):
        with self._lock:
            return self._obj.value

    @value.setter
    def value(self, value):
        with self._lock:
            self._obj.value = value

    @property
    def raw(self):
        with self._lock:
            return self._obj.raw
