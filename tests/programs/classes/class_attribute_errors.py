class C:
    def method(self): pass
    value = 1
c = C()
tests = ["C.nothing", "c.nothing", "c.valeu", "c.method.nothing", "(5).nothing", "None.x", "[].appendd", "'s'.uper", "int.x", "len.x", "del C.nothing", "(5).x = 1", "int.x = 1", "None.x = 1", "[].x = 1", "c.method.x = 1", "object().x = 1", "del c.value", "del (5).real"]
for test in tests:
    try:
        exec(test)
        print(test, "-> fine")
    except (AttributeError, TypeError) as error:
        print(test, "->", type(error).__name__, error)
