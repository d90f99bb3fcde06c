print(['a', 'b'].index('c'))
