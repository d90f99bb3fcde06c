raise ExceptionGroup('two failures', [ValueError('a'), KeyError('b')])
