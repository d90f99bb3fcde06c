def sign(n):
    match n:
        case 0: return "zero"
        case x if x < 0: return "negative"
        case x if print("second guard", x) or x > 100: return "big"
        case _ if n == 7: return "lucky"
    return "plain"
print(sign(0), sign(-3), sign(500), sign(7), sign(5))
