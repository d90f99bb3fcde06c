def show(f):
    import traceback
    try:
        f()
    except Exception as error:
        print(traceback.format_exc().split("in show\n", 1)[1].split("\n", 3)[3])

data = {"a": [1, {"b": None}]}
class O: pass
def attribute(): return data["a"][1]["b"].name.other
def binary(): return 1 + 2 * (3 + "x") - 4
def subscript(): return data["a"][1]["missing"]["c"]
def call(): return len(data["a"], data).bit_length()
def nested(): return int(str(len(data)) + "x")
def unary(): return 5 - -"x"
def compare(): return 1 < 2 < "3"
def await_like(): return (lambda v: v.missing)(O()) or 5
def unpack(): a, b = 1, 2, 3
def assertion(): assert data == {}, "data is not empty"
def long(): return sum([1, 2, 3], data["a"][0], "much too many arguments so that this line gets long", 1, 2, 3, 4, 5)
def multiline():
    return (1 +
            data["a"] +
            2)
for f in attribute, binary, subscript, call, nested, unary, compare, await_like, unpack, assertion, long, multiline:
    show(f)
