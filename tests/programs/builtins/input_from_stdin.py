print("name?", input())
print(repr(input("prompt> ")))
print(repr(input()))
try:
    input("again: ")
except EOFError as error:
    print(type(error).__name__, error)
