//! What Python removed, and when: the one table behind `--python`, the report of code H310 and `coil check`.
//!
//! Source: "What's New in Python", the sections "Removed" of 3.5 to 3.14.

/// Something that Python once had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The full name, as a program writes it: `time.clock`; for a parameter, `asyncio.*(loop=)`.
    pub name: &'static str,
    /// The minor version of Python 3 that no longer had it.
    pub since: u8,
    /// What to write today.
    pub today: &'static str,
}

macro_rules! removals {
    ($($name:literal $since:literal $today:literal;)+) => {
        /// Every removal that Coil can undo, sorted by name.
        pub static REMOVALS: &[Removal] = &[$(Removal { name: $name, since: $since, today: $today }),+];
    };
}

removals! {
    "asyncio.*(loop=)" 10 "leave `loop=` out";
    "asyncio.AbstractChildWatcher" 14 "nothing: the loop watches child processes itself";
    "asyncio.FastChildWatcher" 14 "nothing: the loop watches child processes itself";
    "asyncio.JoinableQueue" 5 "asyncio.Queue";
    "asyncio.MultiLoopChildWatcher" 14 "nothing: the loop watches child processes itself";
    "asyncio.PidfdChildWatcher" 14 "nothing: the loop watches child processes itself";
    "asyncio.SafeChildWatcher" 14 "nothing: the loop watches child processes itself";
    "asyncio.Task.all_tasks" 9 "asyncio.all_tasks";
    "asyncio.Task.current_task" 9 "asyncio.current_task";
    "asyncio.ThreadedChildWatcher" 14 "nothing: the loop watches child processes itself";
    "asyncio.async" 7 "asyncio.ensure_future or asyncio.create_task";
    "asyncio.coroutine" 11 "`async def` and `await`";
    "asyncio.get_child_watcher" 14 "nothing: the loop watches child processes itself";
    "asyncio.get_event_loop() without a loop" 14 "asyncio.run or asyncio.new_event_loop";
    "asyncio.set_child_watcher" 14 "nothing: the loop watches child processes itself";
    "asyncio.wait(coroutines)" 11 "asyncio.gather, or asyncio.wait with tasks";
    "base64.decodestring" 9 "base64.decodebytes";
    "base64.encodestring" 9 "base64.encodebytes";
    "collections.AsyncGenerator" 10 "collections.abc.AsyncGenerator";
    "collections.AsyncIterable" 10 "collections.abc.AsyncIterable";
    "collections.AsyncIterator" 10 "collections.abc.AsyncIterator";
    "collections.Awaitable" 10 "collections.abc.Awaitable";
    "collections.ByteString" 10 "collections.abc.ByteString";
    "collections.Callable" 10 "collections.abc.Callable";
    "collections.Collection" 10 "collections.abc.Collection";
    "collections.Container" 10 "collections.abc.Container";
    "collections.Coroutine" 10 "collections.abc.Coroutine";
    "collections.Generator" 10 "collections.abc.Generator";
    "collections.Hashable" 10 "collections.abc.Hashable";
    "collections.ItemsView" 10 "collections.abc.ItemsView";
    "collections.Iterable" 10 "collections.abc.Iterable";
    "collections.Iterator" 10 "collections.abc.Iterator";
    "collections.KeysView" 10 "collections.abc.KeysView";
    "collections.Mapping" 10 "collections.abc.Mapping";
    "collections.MappingView" 10 "collections.abc.MappingView";
    "collections.MutableMapping" 10 "collections.abc.MutableMapping";
    "collections.MutableSequence" 10 "collections.abc.MutableSequence";
    "collections.MutableSet" 10 "collections.abc.MutableSet";
    "collections.Reversible" 10 "collections.abc.Reversible";
    "collections.Sequence" 10 "collections.abc.Sequence";
    "collections.Set" 10 "collections.abc.Set";
    "collections.Sized" 10 "collections.abc.Sized";
    "collections.ValuesView" 10 "collections.abc.ValuesView";
    "collections.abc.ByteString" 14 "collections.abc.Sequence, or `bytes | bytearray`";
    "fractions.gcd" 9 "math.gcd";
    "imp" 12 "importlib";
    "inspect.formatargspec" 11 "inspect.signature";
    "inspect.getargspec" 11 "inspect.signature or inspect.getfullargspec";
    "json.loads(encoding=)" 9 "leave `encoding=` out";
    "locale.format" 12 "locale.format_string";
    "os.errno" 7 "import errno";
    "platform.dist" 8 "the package distro";
    "platform.linux_distribution" 8 "the package distro, or platform.freedesktop_os_release";
    "random.sample(set)" 11 "random.sample(sorted(population), k)";
    "random.shuffle(x, random)" 11 "random.shuffle(x)";
    "ssl.wrap_socket" 12 "ssl.SSLContext.wrap_socket, of ssl.create_default_context()";
    "sys.getcheckinterval" 9 "sys.getswitchinterval";
    "sys.setcheckinterval" 9 "sys.setswitchinterval";
    "threading.Thread.isAlive" 9 "Thread.is_alive";
    "time.clock" 8 "time.perf_counter or time.process_time";
    "unittest.TestCase.assertAlmostEquals" 12 "assertAlmostEqual";
    "unittest.TestCase.assertDictContainsSubset" 12 "self.assertEqual(whole, whole | part)";
    "unittest.TestCase.assertEquals" 12 "assertEqual";
    "unittest.TestCase.assertNotAlmostEquals" 12 "assertNotAlmostEqual";
    "unittest.TestCase.assertNotEquals" 12 "assertNotEqual";
    "unittest.TestCase.assertNotRegexpMatches" 12 "assertNotRegex";
    "unittest.TestCase.assertRaisesRegexp" 12 "assertRaisesRegex";
    "unittest.TestCase.assertRegexpMatches" 12 "assertRegex";
    "unittest.TestCase.assert_" 12 "assertTrue";
    "unittest.TestCase.failIf" 12 "assertFalse";
    "unittest.TestCase.failUnless" 12 "assertTrue";
    "unittest.findTestCases" 13 "unittest.TestLoader().loadTestsFromModule";
    "unittest.getTestCaseNames" 13 "unittest.TestLoader().getTestCaseNames";
    "unittest.makeSuite" 13 "unittest.TestLoader().loadTestsFromTestCase";
    "with await asyncio.Lock()" 9 "async with lock";
}

/// The row of a name.
pub fn removal(name: &str) -> Option<&'static Removal> {
    REMOVALS.binary_search_by(|row| row.name.cmp(name)).ok().map(|index| &REMOVALS[index])
}

#[cfg(test)]
mod tests {
    use super::{REMOVALS, removal};

    #[test]
    fn rows_are_sorted_and_found() {
        assert!(REMOVALS.is_sorted_by(|a, b| a.name < b.name));
        assert_eq!(removal("time.clock").map(|row| row.since), Some(8));
        assert_eq!(removal("time.time"), None);
    }
}
