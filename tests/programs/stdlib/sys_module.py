import sys
print(sys.version_info[:2], sys.version_info >= (3, 8), sys.version_info.major, sys.maxsize == 2 ** 63 - 1, sys.byteorder, len(sys.argv), sys.argv[0].split("/")[-1])
print(sys.getrecursionlimit(), sys.float_info.max, sys.float_info.epsilon, sys.int_info.default_max_str_digits, sys.hash_info.modulus, sys.flags.optimize, "sys" in sys.modules, sys.stdout.name, sys.intern("a") == "a")
def f(): return sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name
print(f(), sys.getrefcount([]) > 0, sys.getsizeof([]) > 0, isinstance(sys.platform, str), isinstance(sys.path, list), sys.getdefaultencoding())
