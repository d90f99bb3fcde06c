# python: 3.6
def run(async_=False, await_=1):
    return async_, await_

print(run(async_=True))
async_ = 3
print(async_ + 1)
