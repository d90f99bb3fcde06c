def grade(points):
    if points > 50:
        result = 'passed'
    return result


print(grade(10))
