found = None
for row in range(3):
    for column in range(3):
        if column > row: break
        if row == column == 1: continue
        print((row, column), end=" ")
    else:
        print("| full row", row)
        continue
    print("| broke in row", row)
