class C: pass

for thing in 5, "text", None, [1], C(), ...:
    try:
        thing()
    except TypeError as error:
        print(error)
try:
    print("a" "b"(1))
except TypeError as error:
    print(error)
