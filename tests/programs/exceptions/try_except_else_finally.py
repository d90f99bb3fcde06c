def f(action):
    try:
        print("try")
        action()
    except ZeroDivisionError as error:
        print("except", error)
    except (KeyError, IndexError):
        print("key or index")
    else:
        print("else")
    finally:
        print("finally")
f(lambda: None)
f(lambda: 1 / 0)
f(lambda: {}[1])
f(lambda: [][1])
try:
    f(lambda: int("x"))
except ValueError as error:
    print(error)
