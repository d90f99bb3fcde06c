# allows: ValueError KeyError
import sys
def hook(*args):
    raise KeyError("hook")
sys.excepthook = hook
raise ValueError("first")
