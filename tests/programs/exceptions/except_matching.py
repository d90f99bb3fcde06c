class A(Exception): pass
class B(A): pass
def which(error):
    try: raise error
    except B: return "B"
    except (KeyError, A): return "KeyError or A"
    except Exception as e: return "Exception " + type(e).__name__
    except: return "bare"
print(which(A()), which(B()), which(KeyError()), which(ValueError()), which(KeyboardInterrupt()))
kinds = [ValueError]
try:
    try: raise ValueError("v")
    except kinds: pass
except TypeError as error:
    print(error, "|", repr(error.__context__))
try:
    try: raise ValueError("v")
    except (KeyError, 5): pass
except TypeError as error:
    print(error)
try:
    try: raise ValueError("v")
    except undefined_name: pass
except NameError as error:
    print(error)
def dynamic(): return KeyError, ValueError
try: raise ValueError
except dynamic(): print("dynamic")
try: raise ValueError
except ((KeyError, (ValueError,))[1]): print("nested")
