import traceback


class Thing:
    colour = 1


def say(action):
    try:
        action()
    except Exception as error:
        print(traceback.format_exception(error)[-1], end="")


length = 3
say(lambda: lenght)
say(lambda: Thing().color)
say(lambda: Thing().nothing_like_it)
say(lambda: pritn("x"))
say(lambda: math.pi)
