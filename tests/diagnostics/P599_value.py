def withdraw(balance, amount):
    if amount > balance:
        raise ValueError('not enough: %d of %d' % (balance, amount))
    return balance - amount


withdraw(10, 25)
