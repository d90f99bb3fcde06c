class Box:
    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item}]"
class Sub(Box): pass
print(Box[int], Sub[1, 2])
print(list[int], dict[str, list[int]], tuple[int, ...], type(list[int]).__name__)
print(list[int].__origin__, list[int].__args__, list[int]() == [], list[int] == list[int])
for action in lambda: int[3], lambda: Box()[0]:
    try:
        action()
    except TypeError as error:
        print(error)
