with open("n.txt", "wb") as f: f.write(b"a\r\nb\rc\nd")
with open("n.txt") as f: print(repr(f.read()))
with open("n.txt", newline="") as f: print(f.readlines())
with open("n.txt", newline="\n") as f: print(f.readlines())
with open("n.txt", "w", newline="\r\n") as f: f.write("x\ny\n")
with open("n.txt", "rb") as f: print(f.read())
with open("e.txt", "w", encoding="utf-8") as f: f.write("né日😀")
with open("e.txt", "rb") as f: print(f.read())
with open("e.txt", encoding="utf-8") as f: print(f.read(2), f.read(1), f.read())
with open("e.txt", encoding="latin-1") as f: print(repr(f.read()))
with open("e.txt", encoding="ascii") as f:
    try:
        f.read()
    except UnicodeDecodeError as error:
        print(error)
with open("e.txt", encoding="ascii", errors="replace") as f: print(len(f.read()))
try:
    open("e.txt", encoding="nope")
except LookupError as error:
    print(error)
