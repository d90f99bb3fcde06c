try:
    import broken
except SyntaxError as error:
    print(error.msg, error.lineno, error.filename.split("/")[-1])
import broken
