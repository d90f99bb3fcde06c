print(b"%s %d %x %c %a %b" % (b"bytes", 42, 255, 65, "é", b"raw"), b"%5d|%-5s|%05.1f" % (1, b"a", 2.5), b"%(k)s" % {b"k": b"v"}, bytearray(b"%d") % 5)
for text, value in (b"%s", "str"), (b"%d", "x"), (b"%c", 256), (b"%c", b"ab"):
    try:
        print(text % value)
    except (TypeError, OverflowError) as error:
        print(type(error).__name__, error)
