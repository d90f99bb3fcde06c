counter = 1
def f():
    local_value = 2
    try:
        return locl_value
    except NameError as error:
        import traceback
        print(traceback.format_exception_only(error)[-1], end="")
f()
print(countr)
