class Account:
    def __init__(self):
        self.balance = 0
    async def deposit(self, n):
        self.balance += n
        return self.balance
    @classmethod
    async def open(cls, n):
        account = cls()
        await account.deposit(n)
        return account
    @staticmethod
    async def rate():
        return 0.5

async def main():
    account = await Account.open(10)
    print(await account.deposit(5), await Account.rate())
    bound = account.deposit
    print(await bound(1))

try:
    main().send(None)
except StopIteration:
    pass
