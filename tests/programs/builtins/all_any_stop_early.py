def numbers():
    for n in 1, 0, 2, 3:
        print("giving", n)
        yield n
g = numbers()
print(all(g))
print(any(g))
print(list(g))
