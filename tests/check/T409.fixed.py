def square(x):
    return x * x

square(3)
for i in range(2):
    print(square(i))

print("done")
