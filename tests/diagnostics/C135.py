import asyncio
async def main():
    async with open('notes.txt', 'w') as file:
        file.write('hello')
asyncio.run(main())
