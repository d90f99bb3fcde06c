import asyncio
class Client:
    async def get(self, url):
        return self
async def main():
    client = Client()
    response = client.get('http://example.com')
    print(response.status)
asyncio.run(main())
