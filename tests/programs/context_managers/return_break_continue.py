class M:
    def __enter__(self): return self
    def __exit__(self, *exc): print("exit", exc)
def f():
    with M():
        return "returned"
print(f())
for i in range(3):
    with M():
        if i == 0: continue
        if i == 1: break
        print("never")
print("end", i)
def g():
    with M():
        with M():
            return sum(i for i in range(4))
print(g())
