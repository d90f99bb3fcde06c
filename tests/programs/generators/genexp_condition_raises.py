g = (10 // x for x in [5, 0, 2])
print(next(g))
try:
    next(g)
except ZeroDivisionError as error:
    print(error)
print(list(g))
