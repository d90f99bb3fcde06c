# width: 60
# options: --lang both
def total(prices, rates):
    return sum(price * rates[currency] for currency, price in prices) / len(prices)
print(total([], {}))
