print(int('3.7'))
