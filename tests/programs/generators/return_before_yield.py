def empty():
    return
    yield

print(list(empty()))
for item in empty():
    print("never")
else:
    print("loop ended normally")
