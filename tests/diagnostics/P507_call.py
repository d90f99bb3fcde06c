print[0]
