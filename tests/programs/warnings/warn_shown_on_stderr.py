import warnings
def old():
    warnings.warn("old() is old", DeprecationWarning, stacklevel=2)
    warnings.warn("careful")
    print("ran")
old()
old()
for _ in range(2):
    warnings.warn("shown once per place", RuntimeWarning)
