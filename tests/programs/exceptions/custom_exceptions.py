class AppError(Exception):
    def __init__(self, code, *, detail=None):
        super().__init__(f"code {code}")
        self.code, self.detail = code, detail
class NotFound(AppError):
    def __str__(self): return f"not found ({self.code})"
for cls in AppError, NotFound:
    try:
        raise cls(404, detail="d")
    except AppError as error:
        print(type(error).__name__, str(error), repr(error), error.code, error.detail, error.args)
class NoInit(Exception):
    def __init__(self, a, b): self.a = a
e = NoInit(1, 2)
print(e.args, str(e), repr(e))
