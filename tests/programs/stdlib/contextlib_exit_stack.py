from contextlib import ExitStack, contextmanager
@contextmanager
def cm(name):
    print("enter", name)
    try: yield name
    finally: print("exit", name)
with ExitStack() as stack:
    names = [stack.enter_context(cm(n)) for n in "abc"]
    stack.callback(print, "callback", 1, sep="-")
    print(names)
def swallow(kind, value, tb):
    print("swallowing", value)
    return True
with ExitStack() as stack:
    stack.push(swallow)
    stack.enter_context(cm("x"))
    raise ValueError("v")
with ExitStack() as stack:
    stack.enter_context(cm("kept"))
    later = stack.pop_all()
print("not yet")
later.close()
try:
    with ExitStack() as stack:
        stack.callback(lambda: 1 / 0)
        raise KeyError("body")
except ZeroDivisionError as error:
    print(repr(error), repr(error.__context__))
try:
    with ExitStack() as stack: stack.enter_context(5)
except TypeError as error:
    print(error)
