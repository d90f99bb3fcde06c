def area(width, height):
    return (
        width
        * height
        / (
            width
            - 3  # a comment
        )
    )
print(
    area(
        3,
        4,
    )
)
