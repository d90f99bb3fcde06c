import contextvars
import functools

numbers = [3, 1, 2]
sort = numbers.sort
sort()
print(numbers)
sort(key=lambda n: -n)
print(numbers)
join = ",".join
print(join(str(n) for n in numbers))
extend = numbers.extend
extend(n * 10 for n in (1, 2))
print(numbers)
run = contextvars.copy_context().run
print(run(len, "abc"), run(lambda: "called"))
update = {}.update
print(update(a=1), update([("b", 2)]))
append = numbers.append
append(7)
print(numbers, numbers.index(7))
reduce = functools.partial(functools.reduce, lambda a, b: a + b)
print(reduce(numbers), reduce(numbers, 100))
for wrong in (lambda: sort(1), lambda: append(), lambda: append(1, 2), lambda: join()):
    try:
        wrong()
    except TypeError as error:
        print(error)
