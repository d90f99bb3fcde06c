def boom():
    raise StopIteration

try:
    list(boom() for _ in range(3))
except RuntimeError as error:
    print(error)
