# python: 3.6
def run(async=False, await=1):
    return async, await

print(run(async=True))
async = 3
print(async + 1)
