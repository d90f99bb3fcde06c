def fail(): raise KeyError("original")
try:
    fail()
except KeyError as error:
    kept = error
def later():
    raise kept
later()
