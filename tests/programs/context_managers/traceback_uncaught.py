class M:
    def __enter__(self): return self
    def __exit__(self, *exc): print("exit")
def work():
    with M():
        raise LookupError("in the block")
work()
