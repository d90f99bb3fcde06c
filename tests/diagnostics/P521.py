def average(numbers):
    assert numbers, 'no numbers'
    return sum(numbers) / len(numbers)


average([])
