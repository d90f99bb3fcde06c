import gc
saved = []
class Phoenix:
    def __init__(self): self.me = self
    def __del__(self):
        print("finalised")
        saved.append(self)
p = Phoenix(); del p
gc.collect()
print(len(saved), saved[0].me is saved[0])
saved.clear()
gc.collect()
print("finalised only once")
