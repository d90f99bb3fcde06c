nums = [1, 2]
print(next(nums))
