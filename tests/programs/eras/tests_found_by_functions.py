# python: 3.11
# Functions of unittest that were methods of its loader long before they went.
import unittest
import warnings

warnings.simplefilter("ignore")


class Test(unittest.TestCase):
    def test_one(self):
        pass

    def check_two(self):
        pass


print(unittest.getTestCaseNames(Test, "test"), unittest.getTestCaseNames(Test, "check"))
print(unittest.makeSuite(Test, "check"))
warnings.simplefilter("error")
for use in (lambda: unittest.makeSuite(Test), lambda: unittest.getTestCaseNames(Test, "test")):
    try:
        use()
    except DeprecationWarning as error:
        print(error)
