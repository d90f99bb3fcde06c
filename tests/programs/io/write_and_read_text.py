with open("file.txt", "w") as f:
    print(f.write("first\n"), f.write("second\nthird"), f.name, f.mode, f.closed)
    f.writelines(["\n", "fourth\n"])
    print("by print", 5, file=f)
print(f.closed)
with open("file.txt") as f:
    print(repr(f.read()))
with open("file.txt") as f:
    print(repr(f.readline()), repr(f.read(3)), repr(f.readline()), f.readlines(), repr(f.read()), repr(f.readline()))
with open("file.txt") as f:
    for n, line in enumerate(f, 1):
        print(n, line.rstrip())
with open("file.txt") as f:
    print([line.strip() for line in f], list(f))
with open("file.txt") as f:
    print(next(f), end="")
    print(f.readlines(8))
