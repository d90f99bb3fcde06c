# Every thread sees attributes of its own, made by __init__ again, and gone when it ends.
import gc
import threading
import weakref

data = threading.local()
data.name = 'main'


class Thing:
    pass


refs = []


def look():
    print(hasattr(data, 'name'), vars(data))
    data.name = 'other'
    data.thing = Thing()
    refs.append(weakref.ref(data.thing))
    print(sorted(data.__dict__))
    del data.name
    try:
        data.name
    except AttributeError as error:
        print(error)


thread = threading.Thread(target=look)
thread.start()
thread.join()
gc.collect()
print(data.name, vars(data), refs[0]() is None)


class Numbered(threading.local):
    kind = 'numbered'
    number = 2

    def __init__(self, *args, **kwargs):
        print('init', args, kwargs)
        self.__dict__.update(kwargs)

    def squared(self):
        return self.number ** 2


numbered = Numbered(1, 2, number=7)
print(numbered.squared(), numbered.kind)
numbered.number = 11
thread = threading.Thread(target=lambda: print(numbered.squared(), vars(numbered)))
thread.start()
thread.join()
print(numbered.squared())


class Failing(threading.local):
    def __init__(self):
        if threading.current_thread() is not threading.main_thread():
            raise ValueError('only in the main thread')
        self.here = True


failing = Failing()
outcome = []


def use():
    for _ in range(2):
        try:
            outcome.append(failing.here)
        except ValueError as error:
            outcome.append(str(error))


thread = threading.Thread(target=use)
thread.start()
thread.join()
print(outcome, failing.here)
