# allows: OK SyntaxError RecursionError MemoryError
text = "1"
for _ in range(200):
    text = "f'{" + text + "}'"
eval(text)
