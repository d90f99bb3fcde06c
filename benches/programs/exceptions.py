"""raise and except, near and two calls away."""
def fail(x):
    raise ValueError(x)

def middle(x):
    fail(x)

total = 0
for i in range(700_000):
    try:
        middle(i)
    except ValueError as error:
        total += error.args[0]
    try:
        {}[i]
    except KeyError:
        total += 1
print(total)
