# code.replace(co_varnames=...): instructions know variables by number, so a parameter can get another name.
def greet(*others, name="you", **more):
    text = f"{name}, {others}, {more}"
    return text


code = greet.__code__
print(code.co_varnames)
greet.__code__ = code.replace(co_varnames=("whom", "rest", "extra", "result"))
greet.__kwdefaults__ = {"whom": "all"}
print(greet(), greet(1, whom=2, name=3))
print(greet.__code__.co_varnames)
try:
    greet(1, nome=2, **{"whom": 1, "whom2": 2})
    code.replace(co_varnames=("too", "few"))
except ValueError as error:
    print(type(error).__name__, error)
try:
    code.replace(co_varnames=("a", "b", "c", 4))
except SystemError as error:
    print(error)
