import warnings
def f():
    warnings.warn("message", UserWarning)
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("always")
    f(); f()
print(len(log), log[0].message, log[0].category.__name__, log[0].lineno)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        f()
    except UserWarning as error:
        print("raised", error)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    f()
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("once")
    f(); f()
print(len(log))
with warnings.catch_warnings(record=True) as log:
    warnings.filterwarnings("ignore", message="mess")
    f()
    warnings.warn("other")
print([str(w.message) for w in log])
try:
    warnings.warn("x", int)
except TypeError as error:
    print(error)
