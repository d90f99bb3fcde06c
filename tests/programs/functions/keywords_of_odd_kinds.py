"""Keyword arguments from mappings: keys that are no strings, that come twice, and that are strings of a subclass."""


def f(a=1, **rest):
    return a, rest


def attempt(call):
    try:
        print(call())
    except TypeError as error:
        print("TypeError:", error)


class Name(str):
    pass


attempt(lambda: f(**{1: 3}))
attempt(lambda: f(**{1: 3}, **{1: 5}))
attempt(lambda: f(**{(1, 2): 1}, **{(1, 2): 3}))
attempt(lambda: f(**{"a": 3}, **{"a": 5}))
attempt(lambda: f(**{"b": 3}, **{"b": 5}))
attempt(lambda: f(**{Name("a"): 5, Name("z"): 3}))
attempt(lambda: f(1, **{Name("a"): 5}))
attempt(lambda: (lambda *, key: key)(**{Name("key"): "found"}))
attempt(lambda: (lambda a: a)(**{Name("b"): 1}))
attempt(lambda: (lambda größe, *, 幅=2, **rest: (größe, 幅, rest))(größe=1, 幅=3, höhe=4))
attempt(lambda: (lambda größe: größe)(**{"größe": 1}))
attempt(lambda: (lambda größe: größe)(größte=1))
attempt(
    lambda: (lambda a_name_that_is_longer_than_most_names_that_people_give_to_their_parameters: "long")(
        a_name_that_is_longer_than_most_names_that_people_give_to_their_parameters=1
    )
)
attempt(lambda: print(**{1: 2}))
attempt(lambda: {1, *1})
attempt(lambda: [1, *1])
attempt(lambda: (1, *1))
attempt(lambda: {**1})
