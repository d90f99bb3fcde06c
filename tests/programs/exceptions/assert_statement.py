assert True
assert 1, "never"
for action in "assert False", "assert 0, 'message'", "assert [], (1, 2)", "assert None, 5":
    try:
        exec(action)
    except AssertionError as error:
        print(repr(error), str(error))
def msg():
    print("message evaluated")
    return "m"
assert True, msg()
try:
    assert False, msg()
except AssertionError as error:
    print(error)
