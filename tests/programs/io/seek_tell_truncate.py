with open("s.txt", "w+") as f:
    f.write("0123456789")
    print(f.tell(), f.seek(3), f.read(2), f.tell())
    f.seek(0, 2); f.write("END"); f.seek(0)
    print(f.read())
    f.seek(5); print(f.truncate(), f.seek(0), f.read())
    try:
        f.seek(-1)
    except ValueError as error:
        print(error)
    try:
        f.seek(1, 1)
    except Exception as error:
        print(error)
with open("s.txt", "rb+") as f:
    f.seek(2); f.write(b"XY"); f.seek(0); print(f.read(), f.truncate(1), f.seek(0), f.read())
