class Table(dict):
    def __missing__(self, key):
        print("missing", key)
        self[key] = key * 2
        return self[key]
t = Table(a="A")
print(t["a"], t["b"], t["b"], t.get("c"), "c" in t, t)
class Strict(dict):
    def __missing__(self, key): raise LookupError("custom " + key)
try:
    Strict()["k"]
except LookupError as error:
    print(type(error).__name__, error)
