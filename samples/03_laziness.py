# A generator works only when it is asked. So it can describe an endless
# sequence, and nobody pays for values that nobody wants.

def naturals():
    n = 0
    while True:
        print(f"  (making {n})")
        yield n
        n += 1


for n in naturals():
    if n * n > 5:
        print("the first square above 5 is", n * n)
        break

# A generator expression is lazy too: compare where the messages appear.
def loud(n):
    print(f"  (squaring {n})")
    return n * n

print("list comprehension: all at once")
squares = [loud(n) for n in range(3)]
print("first:", squares[0])

print("generator expression: on demand")
squares = (loud(n) for n in range(3))
print("first:", next(squares))
