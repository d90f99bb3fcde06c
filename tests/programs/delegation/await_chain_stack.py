import sys
def names():
    frame, out = sys._getframe(1), []
    while frame:
        out.append(frame.f_code.co_name)
        frame = frame.f_back
    return out
class Pause:
    def __await__(self):
        print(names())
        yield
        print(names())
async def inner(): await Pause()
async def outer(): await inner()
c = outer()
c.send(None)
def resume():
    try: c.send(None)
    except StopIteration: print("end")
resume()
