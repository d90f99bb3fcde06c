import asyncio
import subprocess
import time as clock
from urllib import request

import requests


async def main():
    clock.sleep(1)
    requests.get("http://localhost/")
    name = input("name? ")
    request.urlopen("http://localhost/")
    subprocess.run(["ls"])
    await asyncio.to_thread(clock.sleep, 1)
    work = lambda: clock.sleep(1)

    def inner():
        clock.sleep(1)

    return name, work, inner


clock.sleep(0)
