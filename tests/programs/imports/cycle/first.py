print("first starts")
import second
value = "first value"
def use(): return second.use()
print("first ends")
