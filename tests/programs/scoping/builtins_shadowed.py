import builtins
print(len("abc"))
len = lambda x: "shadowed"
print(len("abc"), builtins.len("abc"))
del len
print(len("abc"))
builtins.added_name = "visible everywhere"
print(added_name)
def f():
    print = str
    return print(5)
print(repr(f()))
