for key in "text", 5, (1, 2), "it's", "":
    try:
        {}[key]
    except KeyError as error:
        print(error, "|", str(error), "|", repr(error))
raise KeyError("shown with quotes")
