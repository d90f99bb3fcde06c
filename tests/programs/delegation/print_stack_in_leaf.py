import traceback, sys
def leaf():
    traceback.print_stack(file=sys.stdout)
    yield
def root():
    yield from leaf()
for _ in root():
    pass
