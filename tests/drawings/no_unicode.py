# environment: LC_ALL=C
def read(table, key):
    try:
        return table[key]
    except KeyError as missing:
        raise LookupError("no such row") from missing
def load(table):
    try:
        return read(table, "b")
    except LookupError:
        return int("none")
load({"a": 1})
