"""Three generators in a row."""
def source(n):
    for i in range(n):
        yield i

def double(items):
    for x in items:
        yield x * 2

def odd_thirds(items):
    for x in items:
        if x % 3:
            yield x

print(sum(odd_thirds(double(source(7_000_000)))))
