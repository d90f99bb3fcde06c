len('a') = 1
