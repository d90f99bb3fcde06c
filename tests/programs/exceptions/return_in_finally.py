def a():
    try: return "try"
    finally: return "finally"
def b():
    try: raise ValueError
    finally: return "swallowed"
def c():
    for i in range(3):
        try: raise ValueError
        finally: break
    return f"broke at {i}"
def d():
    for i in range(3):
        try: return "try"
        finally: continue
    return "loop ended"
def e():
    x = 1
    try: return x
    finally: x = 2
def f():
    try:
        try: return "inner"
        finally: print("first")
    finally: print("second")
def g():
    while True:
        try: break
        finally: print("on break")
    return "after"
print(a(), b(), c(), d(), e(), f(), g())
