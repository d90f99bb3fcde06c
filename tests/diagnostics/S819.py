try:
    print(1 / 0)
print('done')
