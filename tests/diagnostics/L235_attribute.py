import asyncio
class Account:
    def __init__(self):
        self.balance = 0
    async def deposit(self, amount):
        self.balance = self.balance + await self.check(amount)
    async def check(self, amount):
        await asyncio.sleep(0)
        return amount
async def main():
    account = Account()
    await asyncio.gather(account.deposit(10), account.deposit(20))
    print(account.balance)
asyncio.run(main())
