"""A namespace may have keys that were put together at run time: attribute access finds them all the same."""


class Recording(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value)


for kind in (dict, Recording):
    namespace = kind()
    namespace["plain"] = 1
    namespace["_%s__%s" % ("Made", "hidden")] = 2
    Made = type("Made", (), namespace)
    print(Made._Made__hidden, Made().plain, hasattr(Made(), "_Made__hidden"))
    delattr(Made, "_Made__hidden")
    print(hasattr(Made, "_Made__hidden"))

copied = {"a" + str(1): 1}.copy()
print(copied.get("a1"), copied["a1"], "a1" in copied, dict(copied, b=2)["a1"])
