def gen():
    try:
        yield 1
        yield 2
    finally:
        print("generator closed")
m = map(lambda x: x * 10, gen())
print(next(m))
del m
def stop(x):
    if x == 2: raise StopIteration
    return x
print(list(map(stop, [1, 2, 3])))
