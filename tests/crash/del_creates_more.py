# allows: OK
class Hydra:
    count = 0
    def __del__(self):
        Hydra.count += 1
        if Hydra.count < 10_000:
            Hydra()
Hydra()
print(Hydra.count)
