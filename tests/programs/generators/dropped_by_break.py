# Leaving the loop drops the last reference: the generator is closed there and then.
def gen():
    try:
        for n in range(10):
            yield n
    finally:
        print("closed")

for n in gen():
    print(n)
    if n == 2:
        break
print("after the loop")
