async function fetch(url):
    return url

async def pages():
    yield from fetch("a")
    return 5
    yield 1

def plain():
    await fetch("b")

yield 1
