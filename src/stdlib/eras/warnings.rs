//! What a Python said of things that it was about to lose.
//!
//! Only a program for which a version was asked is told so: without one, what is gone works, and a terminal gets one line
//! that says since when it is gone. Source: the modules' documentation of 3.7 to 3.12, "Deprecated since".

/// From Python 3.`from` on, the use of `name` brought a DeprecationWarning with this text.
struct Farewell {
    name: &'static str,
    from: u8,
    text: &'static str,
}

macro_rules! farewells {
    ($($name:literal $from:literal $text:literal;)+) => {
        /// Sorted by name, and by version.
        static FAREWELLS: &[Farewell] = &[$(Farewell { name: $name, from: $from, text: $text }),+];
    };
}

farewells! {
    "asyncio.loop=" 8 "The loop argument is deprecated since Python 3.8, and scheduled for removal in Python 3.10.";
    "asyncio.loop= of coroutines" 9
        "The loop argument is deprecated since Python 3.8, and scheduled for removal in Python 3.10.";
    "asyncio.loop= of processes" 8
        "The loop argument is deprecated since Python 3.8 and scheduled for removal in Python 3.10.";
    "asyncio.wait(coroutines)" 9
        "The explicit passing of coroutine objects to asyncio.wait() is deprecated since Python 3.8, and scheduled for removal in Python 3.11.";
    "base64.decodestring" 1 "decodestring() is a deprecated alias since Python 3.1, use decodebytes()";
    "base64.encodestring" 1 "encodestring() is a deprecated alias since 3.1, use encodebytes()";
    "fractions.gcd" 5 "fractions.gcd() is deprecated. Use math.gcd() instead.";
    "imp" 5
        "the imp module is deprecated in favour of importlib; see the module's documentation for alternative uses";
    "imp" 10
        "the imp module is deprecated in favour of importlib and slated for removal in Python 3.12; see the module's documentation for alternative uses";
    "inspect.formatargspec" 7
        "`formatargspec` is deprecated since Python 3.5. Use `signature` and the `Signature` object directly";
    "inspect.getargspec" 7
        "inspect.getargspec() is deprecated since Python 3.0, use inspect.signature() or inspect.getfullargspec()";
    "json.loads(encoding=)" 8 "'encoding' is ignored and deprecated. It will be removed in Python 3.9";
    "locale.format" 7
        "This method will be removed in a future version of Python. Use 'locale.format_string()' instead.";
    "platform.dist" 7 "dist() and linux_distribution() functions are deprecated in Python 3.5";
    "platform.linux_distribution" 7 "dist() and linux_distribution() functions are deprecated in Python 3.5";
    "random.sample(set)" 9
        "Sampling from a set deprecated\nsince Python 3.9 and will be removed in a subsequent version.";
    "random.shuffle(x, random)" 9
        "The *random* parameter to shuffle() has been deprecated\nsince Python 3.9 and will be removed in a subsequent version.";
    "ssl.wrap_socket" 7 "ssl.wrap_socket() is deprecated, use SSLContext.wrap_socket()";
    "sys.getcheckinterval" 2
        "sys.getcheckinterval() and sys.setcheckinterval() are deprecated.  Use sys.getswitchinterval() instead.";
    "sys.setcheckinterval" 2
        "sys.getcheckinterval() and sys.setcheckinterval() are deprecated.  Use sys.setswitchinterval() instead.";
    "threading.Thread.isAlive" 8 "isAlive() is deprecated, use is_alive() instead";
    "time.clock" 7
        "time.clock has been deprecated in Python 3.3 and will be removed from Python 3.8: use time.perf_counter or time.process_time instead";
    "unittest.TestCase.assertAlmostEquals" 1 "Please use assertAlmostEqual instead.";
    "unittest.TestCase.assertEquals" 1 "Please use assertEqual instead.";
    "unittest.TestCase.assertNotAlmostEquals" 1 "Please use assertNotAlmostEqual instead.";
    "unittest.TestCase.assertNotEquals" 1 "Please use assertNotEqual instead.";
    "unittest.TestCase.assertNotRegexpMatches" 5 "Please use assertNotRegex instead.";
    "unittest.TestCase.assertRaisesRegexp" 2 "Please use assertRaisesRegex instead.";
    "unittest.TestCase.assertRegexpMatches" 2 "Please use assertRegex instead.";
    "unittest.TestCase.assert_" 1 "Please use assertTrue instead.";
    "unittest.TestCase.failIf" 1 "Please use assertFalse instead.";
    "unittest.TestCase.failUnless" 1 "Please use assertTrue instead.";
    "unittest.findTestCases" 11
        "unittest.findTestCases() is deprecated and will be removed in Python 3.13. Please use unittest.TestLoader.loadTestsFromModule() instead.";
    "unittest.getTestCaseNames" 11
        "unittest.getTestCaseNames() is deprecated and will be removed in Python 3.13. Please use unittest.TestLoader.getTestCaseNames() instead.";
    "unittest.makeSuite" 11
        "unittest.makeSuite() is deprecated and will be removed in Python 3.13. Please use unittest.TestLoader.loadTestsFromTestCase() instead.";
    "with (yield from asyncio.Lock())" 7 "'with (yield from lock)' is deprecated use 'async with lock' instead";
    "with await asyncio.Lock()" 7 "'with await lock' is deprecated use 'async with lock' instead";
}

/// What Python 3.`minor` said of a thing.
pub(super) fn words_of(name: &str, minor: u8) -> Option<&'static str> {
    FAREWELLS.iter().rev().find(|row| row.name == name && row.from <= minor).map(|row| row.text)
}

#[cfg(test)]
mod tests {
    use super::{FAREWELLS, words_of};

    #[test]
    fn rows_are_sorted_and_found() {
        assert!(FAREWELLS.is_sorted_by(|a, b| (a.name, a.from) < (b.name, b.from)));
        assert_eq!(words_of("time.clock", 6), None);
        assert!(words_of("imp", 11).is_some_and(|text| text.contains("slated")));
        assert!(words_of("imp", 9).is_some_and(|text| !text.contains("slated")));
    }
}
