"""Thread-local objects in Python, for those who cannot use the native ones of `threading.local`.

The attributes of a thread are in a dict that its Thread object holds, so that they end with it.  While an attribute is
looked at, that dict is the object's `__dict__`; a lock keeps other threads out meanwhile.

Source: Standard Library "threading", Thread-Local Data.
"""

import weakref
from contextlib import contextmanager
from threading import RLock, current_thread

__all__ = ['local']


class _Attributes:
    """The dicts of one object, by thread."""

    __slots__ = 'key', 'dicts', 'localargs', 'locallock', '__weakref__'

    def __init__(self):
        # Under this name a thread's dict stands in the attributes of the Thread object.
        self.key = '_threading_local._localimpl.' + str(id(self))
        self.dicts = {}

    def get_dict(self):
        """The dict of the current thread; KeyError when it has none yet."""
        return self.dicts[id(current_thread())][1]

    def create_dict(self):
        """Makes the dict of the current thread."""
        attributes = {}
        thread = current_thread()
        number = id(thread)

        def local_deleted(_, key=self.key):
            # The object is gone: the thread need not keep the dict.
            thread = watched_thread()
            if thread is not None:
                del thread.__dict__[key]

        def thread_deleted(_, number=number):
            # The thread is gone: the object need not keep its entry.
            own = watched_local()
            if own is not None:
                own.dicts.pop(number)

        watched_local = weakref.ref(self, local_deleted)
        watched_thread = weakref.ref(thread, thread_deleted)
        thread.__dict__[self.key] = watched_local
        self.dicts[number] = watched_thread, attributes
        return attributes


@contextmanager
def _patch(self):
    impl = object.__getattribute__(self, '_local__impl')
    try:
        attributes = impl.get_dict()
    except KeyError:
        attributes = impl.create_dict()
        args, kwargs = impl.localargs
        self.__init__(*args, **kwargs)
    with impl.locallock:
        object.__setattr__(self, '__dict__', attributes)
        yield


class local:
    __slots__ = '_local__impl', '__dict__'

    def __new__(cls, /, *args, **kwargs):
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError('Initialization arguments are not supported')
        self = object.__new__(cls)
        impl = _Attributes()
        impl.localargs = args, kwargs
        impl.locallock = RLock()
        object.__setattr__(self, '_local__impl', impl)
        # The call that makes the object runs __init__ for this thread.
        impl.create_dict()
        return self

    def __getattribute__(self, name):
        with _patch(self):
            return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        if name == '__dict__':
            raise AttributeError("%r object attribute '__dict__' is read-only" % self.__class__.__name__)
        with _patch(self):
            return object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name == '__dict__':
            raise AttributeError("%r object attribute '__dict__' is read-only" % self.__class__.__name__)
        with _patch(self):
            return object.__delattr__(self, name)
