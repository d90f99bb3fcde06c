scores = []
print(sum(scores) / len(scores))
