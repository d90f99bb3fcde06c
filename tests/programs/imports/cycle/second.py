print("second starts")
import first
print("first has value yet:", hasattr(first, "value"))
value = "second value"
def use(): return first.value
print("second ends")
