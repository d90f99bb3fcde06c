print("cats")
class Lion:
    def speak(self): return "roar in " + __name__
