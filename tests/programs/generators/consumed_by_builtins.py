def gen():
    yield from [3, 1, 2]

print(list(gen()), tuple(gen()), sorted(gen()), set(gen()))
print(sum(gen()), min(gen()), max(gen()), any(gen()), all(gen()))
print(list(map(str, gen())), list(zip(gen(), gen())), list(enumerate(gen())))
print(list(filter(lambda x: x > 1, gen())), 2 in gen(), 9 in gen())
print(dict(zip("abc", gen())), ",".join(str(x) for x in gen()), bytes(gen()))
it = gen()
print(1 in it, list(it))
