"""A program may tie contexts into a ring; raising another exception then ends all the same."""


def a_ring_of_two():
    first, second = ValueError("first"), TypeError("second")
    first.__context__, second.__context__ = second, first
    try:
        try:
            raise first
        except ValueError:
            raise KeyError("third")
    except KeyError as error:
        print(repr(error.__context__), repr(error.__context__.__context__))


def a_ring_behind_a_tail():
    a, b, c, d = (ValueError(name) for name in "abcd")
    b.__context__, c.__context__, d.__context__ = c, d, b
    a.__context__ = b
    try:
        try:
            raise a
        except ValueError:
            raise KeyError("last")
    except KeyError as error:
        link = error
        for _ in range(6):
            print(repr(link), end=" ")
            link = link.__context__
        print()


def the_new_one_is_in_the_ring():
    a, b, c = (ValueError(name) for name in "abc")
    try:
        raise a
    except ValueError:
        try:
            raise b
        except ValueError:
            try:
                raise c
            except ValueError:
                a.__context__ = c
                try:
                    raise a
                except ValueError as error:
                    print(repr(error), repr(error.__context__), repr(error.__context__.__context__))
                    print(b.__context__)


a_ring_of_two()
a_ring_behind_a_tail()
the_new_one_is_in_the_ring()
