import asyncio
class Reply:
    def json(self):
        return {'name': 'Ann'}
class Client:
    async def get(self, url):
        return Reply()
async def main():
    client = Client()
    name = client.get('/user/1').json()['name']
    print(name)
asyncio.run(main())
