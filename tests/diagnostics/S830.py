limit = 3
match 5:
    case limit:
        print('at the limit')
    case _:
        print('elsewhere')
