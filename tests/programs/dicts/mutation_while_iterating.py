d = {"a": 1, "b": 2, "c": 3}
for action in lambda k: d.update(new=1), lambda k: d.pop(k):
    try:
        for k in d:
            action(k)
    except RuntimeError as error:
        print(error)
print(d)
for k in list(d):
    del d[k]
print(d)
d = dict.fromkeys(range(3))
for k in d:
    d[k] = k * k
print(d)
it = iter(d.items())
print(next(it))
d["extra"] = 1
try:
    next(it)
except RuntimeError as error:
    print(error)
del d["extra"]
try:
    print(next(it))
except RuntimeError as error:
    print(error)
d = {1: 1, 2: 2}
try:
    for k in d:
        del d[k]; d[k + 10] = 0
except RuntimeError as error:
    print(error)
