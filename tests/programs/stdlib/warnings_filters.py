import warnings


def old():
    warnings.warn("old() is old", DeprecationWarning, stacklevel=2)
    return 1


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    old()
    old()
    warnings.warn("plain")
print([(w.category.__name__, str(w.message), w.lineno) for w in caught])

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("default")
    for _ in range(3):
        warnings.warn("once per place")
print(len(caught))

with warnings.catch_warnings():
    warnings.filterwarnings("error", message="stop")
    try:
        warnings.warn("Stop here")
    except UserWarning as error:
        print("raised", error)

print(warnings.formatwarning("text", UserWarning, "file.py", 3, "the line"), end="")
for bad in (lambda: warnings.simplefilter("loudly"), lambda: warnings.warn("x", int)):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)


@warnings.deprecated("use new()")
def unloved():
    return 2


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(unloved(), unloved.__deprecated__, [str(w.message) for w in caught])
