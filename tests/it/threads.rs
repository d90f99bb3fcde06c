//! Threads where time is the tests' own: what they do in hours of waiting, who is told of a deadlock and in which words,
//! what ends a wait. Nothing of this can be compared with CPython, which waits for ever.

use coil::Interpreter;
use coil::host::TestHost;
use coil::objects::frame::Frame;
use coil::objects::heap::Obj;
use coil::objects::observer::{Event, Observer};
use std::cell::RefCell;
use std::rc::Rc;

/// What a program writes to both streams, on a clock that goes on when everybody waits.
fn output_of(source: &str) -> (String, String, i32) {
    let mut interpreter = Interpreter::new(Box::new(TestHost::default()));
    let status = interpreter.run_main(source.as_bytes(), "<test>");
    let host = interpreter.host::<TestHost>().unwrap();
    (host.output(), host.errors(), status)
}

#[test]
fn hours_of_sleep_cost_nothing() {
    let (out, err, status) = output_of(
        "import threading, time
def work(name, hours):
    time.sleep(3600 * hours)
    print(name, 'after', time.monotonic() / 3600)
for name, hours in [('c', 3), ('a', 1), ('b', 2)]:
    threading.Thread(target=work, args=(name, hours)).start()
print('started', time.monotonic())
",
    );
    assert_eq!(out, "started 0.0\na after 1.0\nb after 2.0\nc after 3.0\n");
    assert_eq!((err.as_str(), status), ("", 0));
}

#[test]
fn a_deadlock_is_told_of_in_the_main_thread() {
    let (out, err, status) = output_of(
        "import threading, time
first, second = threading.Lock(), threading.Lock()
def one():
    with first:
        time.sleep(1)
        with second: pass
def two():
    with second:
        time.sleep(1)
        with first: pass
a = threading.Thread(target=one)
b = threading.Thread(target=two)
a.start()
b.start()
try:
    a.join()
except RuntimeError as error:
    print(error)
",
    );
    assert_eq!(
        out,
        "deadlock: every thread waits
  MainThread, <test>:16: waits for Thread-1 (one) to end
  Thread-1 (one), <test>:6: waits for a lock that Thread-2 (two) holds
  Thread-2 (two), <test>:10: waits for a lock that Thread-1 (one) holds
"
    );
    // At the end of the program the threads that are not daemons would be waited for; they have been told of.
    assert_eq!((err.as_str(), status), ("", 0));
}

#[test]
fn futures_that_wait_for_each_other_are_told_of_at_the_end() {
    let (out, err, _) = output_of(
        "import time
from concurrent.futures import ThreadPoolExecutor
def wait_on_b():
    time.sleep(5)
    print(b.result())
def wait_on_a():
    time.sleep(5)
    print(a.result())
executor = ThreadPoolExecutor(max_workers=2)
a = executor.submit(wait_on_b)
b = executor.submit(wait_on_a)
",
    );
    assert_eq!(out, "");
    let report: Vec<&str> = err.lines().filter(|line| line.contains("ThreadPoolExecutor-0")).collect();
    assert!(err.contains("RuntimeError: deadlock: every thread waits"), "{err}");
    assert_eq!(
        report[report.len() - 2..],
        [
            "  ThreadPoolExecutor-0_0, <test>:5: waits in Future.result()",
            "  ThreadPoolExecutor-0_1, <test>:8: waits in Future.result()"
        ]
    );
}

#[test]
fn a_lock_that_is_taken_twice_is_told_of() {
    let (out, ..) = output_of(
        "import threading
lock = threading.Lock()
lock.acquire()
try:
    lock.acquire()
except RuntimeError as error:
    print(error)
print(lock.acquire(timeout=3600))
",
    );
    assert_eq!(
        out,
        "deadlock: every thread waits\n  MainThread, <test>:5: waits for a lock that it holds itself\nFalse\n"
    );
}

#[test]
fn a_thread_held_below_an_inner_run_is_told_of() {
    // The comparison runs inside `sorted`, which must return before the main thread can go on.
    let (out, ..) = output_of(
        "import threading
lock = threading.Lock()
lock.acquire()
class Stuck:
    def __lt__(self, other):
        lock.acquire()
        return False
try:
    sorted([Stuck(), Stuck()])
except RuntimeError as error:
    print(str(error).splitlines()[0])
print('and goes on')
",
    );
    assert_eq!(out, "deadlock: every thread waits\nand goes on\n");
}

#[test]
fn an_interrupt_ends_any_wait_of_the_main_thread() {
    let (out, err, _) = output_of(
        "import _thread, queue, threading, time
def interrupt():
    time.sleep(5)
    _thread.interrupt_main()
def compute():
    while True:
        pass
lock = threading.Lock()
lock.acquire()
event = threading.Event()
waits = {'sleep': lambda: time.sleep(60), 'lock': lock.acquire, 'event': event.wait, 'queue': queue.Queue().get,
         'simple queue': queue.SimpleQueue().get}
for name, wait in waits.items():
    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        wait()
    except KeyboardInterrupt as error:
        print(name, repr(error))
    thread.join()
thread = threading.Thread(target=event.wait)
thread.start()
other = threading.Thread(target=interrupt)
other.start()
try:
    thread.join()
except KeyboardInterrupt:
    print('join')
event.set()
thread.join()
print(lock.acquire(False), event.is_set(), event._cond._waiters)
",
    );
    assert_eq!(
        out,
        "sleep KeyboardInterrupt()
lock KeyboardInterrupt()
event KeyboardInterrupt()
queue KeyboardInterrupt()
simple queue KeyboardInterrupt()
join
False True deque([])
"
    );
    assert_eq!(err, "");
}

#[derive(Default)]
struct Recorder(Rc<RefCell<Vec<String>>>);

impl Observer for Recorder {
    fn event(&mut self, _: &Obj<Frame>, _: u32, event: Event<'_>) {
        let shown = match event {
            Event::ThreadStart(id) => format!("start {id}"),
            Event::ThreadSwitch(id) => format!("switch {id}"),
            Event::ThreadEnd(id) => format!("end {id}"),
            _ => return,
        };
        self.0.borrow_mut().push(shown);
    }
}

#[test]
fn observers_are_told_of_threads() {
    let recorder = Recorder::default();
    let events = Rc::clone(&recorder.0);
    let mut interpreter = Interpreter::new(Box::new(TestHost::default()));
    interpreter.set_observer(Some(Box::new(recorder)));
    let source = "import _thread, time
def work():
    time.sleep(1)
handle = _thread.start_joinable_thread(work)
handle.join()
";
    assert_eq!(interpreter.run_main(source.as_bytes(), "<test>"), 0);
    assert_eq!(*events.borrow(), ["start 2", "switch 2", "switch 1", "end 2"]);
}
