a = 1; b = 2; print(a, b);
total = 1 + \
    2 + \
    3
print(total)
value = (1
         + 2  # comment
         + 3)
print(value, [
    1,

    2,
])
if True: print("same line"); print("still in the if")
class C: x = 1; y = 2
print(C.x + C.y)
if a == 1 and \
   b == 2:
    print("continued condition")
