class Log:
    def __setattr__(self, name, value): print("set", name, value)
    def __setitem__(self, key, value): print("item", key, value)
def log(x):
    print("eval", x)
    return Log()
log("first").a = log("second")[0] = (print("value"), 5)[1]
i = 0
arr = [0, 0]
i, arr[i] = 1, "set at new i"
print(i, arr)
