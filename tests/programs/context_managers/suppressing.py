class Swallow:
    def __init__(self, answer): self.answer = answer
    def __enter__(self): return self
    def __exit__(self, *exc): return self.answer
with Swallow(True):
    raise KeyError("gone")
print("after")
with Swallow([1]):
    1 / 0
for answer in False, None, 0, "":
    try:
        with Swallow(answer):
            raise KeyError("kept")
    except KeyError as error:
        print(repr(answer), "kept", error)
