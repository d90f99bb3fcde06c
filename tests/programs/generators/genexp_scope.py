x = "outer"
print(list(x for x in range(3)), x)

class C:
    size = 3
    data = [n for n in range(size)]
    lazy = list(n for n in range(size))
    try:
        broken = list(n * size for n in range(2))
    except NameError as error:
        print(error)

print(C.data, C.lazy)
