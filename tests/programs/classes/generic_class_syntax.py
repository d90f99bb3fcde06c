class Box[T]:
    def __init__(self, item: T): self.item = item
    def get[U](self, default: U) -> T | U: return self.item
def first[T](items: list[T]) -> T: return items[0]
type Pair[T] = tuple[T, T]
type Number = int | float
print(Box(5).get(1), first([3, 4]), Box.__type_params__, first.__type_params__, Pair, Number.__value__)
print(Box[int], Box[int](7).item, Pair[int])
