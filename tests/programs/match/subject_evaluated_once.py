def subject():
    print("evaluated")
    return 3
match subject():
    case 1: print(1)
    case 2: print(2)
    case 3: print("three")
match subject():
    case "no match": pass
print("no case matched is fine")
