// print a greeting
print('hello')
