def f(items=[]):
    items.append(len(items))
    return items

print(f(), f(), f([9]), f())
n = 5
def g(x=n * 2):
    return x
n = 100
print(g(), g.__defaults__, f.__defaults__)
