with open("m.txt", "w") as f: f.write("one\n")
with open("m.txt", "a") as f: f.write("two\n")
with open("m.txt", "r+") as f:
    print(f.read())
    f.seek(0)
    f.write("ONE")
with open("m.txt") as f: print(f.read())
try:
    open("m.txt", "x")
except FileExistsError as error:
    print(error)
with open("new.txt", "x") as f: f.write("x")
with open("new.txt", "w+") as f:
    f.write("abc"); f.seek(0); print(f.read())
for mode in "z", "rw", "", "b", "rb+x", "tt", "U":
    try:
        open("m.txt", mode)
    except ValueError as error:
        print(mode, error)
