from contextlib import contextmanager
@contextmanager
def never(): 
    if False: yield
@contextmanager
def twice(): yield 1; yield 2
@contextmanager
def ignores():
    try: yield
    except Exception: yield "again"
for m in never, twice:
    try:
        with m(): pass
    except RuntimeError as error:
        print(error)
try:
    with ignores(): raise ValueError
except RuntimeError as error:
    print(error)
@contextmanager
def plain(): yield
m = plain()
with m: pass
try:
    with m: pass
except (RuntimeError, AttributeError) as error:
    print(type(error).__name__, error)
@contextmanager
def passing(): yield
try:
    with passing(): raise StopIteration("kept")
except StopIteration as error:
    print("StopIteration", error)
