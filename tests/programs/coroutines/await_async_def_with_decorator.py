from functools import wraps

def logged(function):
    @wraps(function)
    async def wrapper(*args):
        print("calling", function.__name__, args)
        result = await function(*args)
        print("result", result)
        return result
    return wrapper

@logged
async def square(x):
    return x * x

try:
    square(5).send(None)
except StopIteration as stop:
    print(stop.value, square.__name__)
