class AlwaysEqual:
    def __eq__(self, o): return True
match AlwaysEqual():
    case None: print("None")
    case True: print("True")
    case 5: print("equal to 5")
match 1:
    case True: print("never")
    case 1: print("one")
