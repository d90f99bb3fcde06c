>>> def square(x):
...     return x * x
...
>>> square(3)
9
>>> for i in range(2):
...     print(square(i))
...
0
1
>>> print("done")
done
