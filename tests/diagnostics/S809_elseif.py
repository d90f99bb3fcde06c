n = 1
if n:
    pass
elseif n:
    pass
