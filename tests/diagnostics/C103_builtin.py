import asyncio
import json
async def main():
    data = await json.loads('[1, 2]')
    print(data)
asyncio.run(main())
