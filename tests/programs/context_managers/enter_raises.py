class Good:
    def __enter__(self): print("good enter")
    def __exit__(self, *exc): print("good exit", exc[0] and exc[0].__name__)
class Bad:
    def __enter__(self): raise ValueError("enter failed")
    def __exit__(self, *exc): print("never")
try:
    with Good(), Bad():
        print("never")
except ValueError as error:
    print(error)
