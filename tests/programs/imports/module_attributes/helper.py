"""A helper module."""
print("helper runs, named", __name__)
value = 1
def double(n): return n * 2
def read(): return value
