class Bad:
    def __init__(self):
        return 5

class BadStr:
    def __init__(self):
        return "text"

for C in Bad, BadStr:
    try:
        C()
    except TypeError as error:
        print(error)
