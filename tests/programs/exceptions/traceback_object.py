def f():
    g()
def g():
    raise ValueError
try:
    f()
except ValueError as error:
    tb = error.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_frame.f_lineno)
        tb = tb.tb_next
    same = error.with_traceback(None)
    print(same is error, error.__traceback__)
