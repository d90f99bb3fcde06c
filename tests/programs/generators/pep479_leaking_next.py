# An inner next() that runs dry must not end the outer loop silently.
def pairs(items):
    it = iter(items)
    while True:
        yield next(it), next(it)

try:
    for pair in pairs([1, 2, 3]):
        print(pair)
except RuntimeError as error:
    print(error)
