Dog = type("Dog", (), {"legs": 4, "speak": lambda self: "woof"})
print(Dog.__name__, Dog().speak(), Dog.legs)
Puppy = type("Puppy", (Dog,), {})
print(Puppy().speak(), Puppy.__mro__[1] is Dog, type(Puppy) is type)
for arguments in (1, 2), ("X", 5, {}), ("X", (), 5), (5, (), {}), ("X", (5,), {}):
    try:
        type(*arguments)
    except TypeError as error:
        print(error)
