# allows: OK
kept = []
class Phoenix:
    def __del__(self):
        kept.append(self)
for _ in range(1000):
    Phoenix()
kept.clear()
a, b = Phoenix(), Phoenix()
a.other, b.other = b, a
del a, b
import gc
gc.collect()
print(len(kept))
kept.clear()
gc.collect()
