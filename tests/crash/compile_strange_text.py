# allows: OK
for source in "\ufeffx = 1", "\x0c\x0c", "\r\r\n\n", "\\", "\\\n", "#", "# coding: latin-1", "\t", "\u3000", "x\u3000= 1", "x = '\ud800'", "é = 1", "𝐱 = 1", "a\u0301 = 1", "0_", "0xg", "1e", "1.e5j", "'" * 3, '"' * 5, "'''" + "\n" * 1000, "f'''{\n}'''", "\"\\", "b'\\", "f'{", "f'{x:", "f'{x!", "x = 1 if", "@", "->", "...", "....", "$", "`", "\x00", "\x7f":
    try:
        compile(source, "<strange>", "exec")
    except (SyntaxError, ValueError, UnicodeError):
        pass
print("fine")
