import warnings
@warnings.deprecated("use new()")
def old(): return 1
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("always")
    print(old(), old.__deprecated__)
print(log[0].category.__name__, log[0].message)
