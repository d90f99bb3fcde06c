# -*- coding: no-such-encoding -*-
print('hello')
