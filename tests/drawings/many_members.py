errors = []
for n in range(20):
    try:
        [][n]
    except IndexError as error:
        errors.append(error)
raise ExceptionGroup("twenty", errors)
