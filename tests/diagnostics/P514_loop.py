word = 'abc'
for i in range(len(word)):
    print(word[i + 1], end=' ')
