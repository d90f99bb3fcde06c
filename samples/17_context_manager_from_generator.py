# `with` and generators fit together: code before the yield is the entry, code
# after it the exit, and an error in the block is raised at the yield.

from contextlib import contextmanager


@contextmanager
def transaction(name):
    print(f"begin {name}")
    try:
        yield name.upper()
    except ValueError as error:
        print(f"roll back {name}: {error}")
    else:
        print(f"commit {name}")


with transaction("first") as handle:
    print("working with", handle)

with transaction("second"):
    raise ValueError("not enough money")

print("the error stayed inside")
