def log(tag, value):
    print(tag, value)
    return value
[log("item", (x, y)) for x in log("outer", [1, 2]) if log("if", x) for y in log("inner", [x])]
