with open("b.bin", "wb") as f:
    print(f.write(b"\x00\x01\xff"), f.write(bytearray(b"abc")), f.tell())
with open("b.bin", "rb") as f:
    print(f.read(2), f.tell(), f.seek(0), f.read(), f.read(), f.seek(-2, 2), f.read(), f.seek(1), f.seek(1, 1), f.read(1))
with open("b.bin", "rb") as f:
    buf = bytearray(4)
    print(f.readinto(buf), buf)
with open("b.bin", "ab") as f: f.write(b"\nline\n")
with open("b.bin", "rb") as f: print(list(f))
with open("b.bin", "rb") as f: print(f.readline(), f.readlines())
with open("b.bin", "wb") as f:
    try:
        f.write("text")
    except TypeError as error:
        print(error)
for kw in {"encoding": "utf-8"}, {"newline": ""}, {"errors": "strict"}:
    try:
        open("b.bin", "rb", **kw)
    except ValueError as error:
        print(error)
