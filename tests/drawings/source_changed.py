import pathlib
def fail(x):
    return 1 / x
path = pathlib.Path(__file__)
path.write_text("# one line\n" + path.read_text().replace("def fail(x):", "").replace("return 1 / x", "pass"))
fail(0)
