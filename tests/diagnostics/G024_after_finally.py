def work():
    try:
        x = yield
        print(1 / x)
    finally:
        print('cleanup')
w = work(); next(w)
try: w.send(0)
except ZeroDivisionError: pass
next(w)
