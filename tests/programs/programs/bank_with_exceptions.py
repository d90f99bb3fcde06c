class InsufficientFunds(Exception):
    def __init__(self, needed, available):
        super().__init__(f"needed {needed}, have {available}")
        self.shortfall = needed - available
class Account:
    def __init__(self, owner, balance=0):
        self.owner, self._balance, self.history = owner, balance, []
    @property
    def balance(self): return self._balance
    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._balance += amount
        self.history.append(("+", amount))
    def withdraw(self, amount):
        if amount > self._balance:
            raise InsufficientFunds(amount, self._balance)
        self._balance -= amount
        self.history.append(("-", amount))
    def __repr__(self): return f"Account({self.owner!r}, {self.balance})"
def transfer(a, b, amount):
    a.withdraw(amount)
    try:
        b.deposit(amount)
    except ValueError as error:
        a.deposit(amount)
        raise RuntimeError("transfer undone") from error
a, b = Account("Ann", 100), Account("Bob")
transfer(a, b, 30)
print(a, b, a.history, b.history)
try:
    transfer(b, a, 50)
except InsufficientFunds as error:
    print(error, error.shortfall)
try:
    a.balance = 5
except AttributeError as error:
    print(error)
