def gen():
    yield 1
print(sum(gen))
