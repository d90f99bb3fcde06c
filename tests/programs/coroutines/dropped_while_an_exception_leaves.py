async def work():
    pass


def listed():
    return [work(), missing]


def handled():
    try:
        return [work(), 1 / 0]
    except ZeroDivisionError as error:
        print("handled", error)


handled()
try:
    listed()
except NameError as error:
    print(error)
