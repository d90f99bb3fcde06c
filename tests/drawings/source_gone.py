import os
def fail(x):
    return 1 / x
os.remove(__file__)
fail(0)
