# allows: OK OverflowError ValueError
for digits in 0, 1, -1, 308, -308, 400, -400, 2 ** 31, -2 ** 31, 2 ** 40:
    round(1.5, digits)
    round(15, min(digits, 1000)) if digits > -5000 else 0
print("fine")
