//! The scheduler's data, and what natives ask of it: threads, waiting, waking, timers, readiness, jobs.
//!
//! Threads are *green*: a thread is a chain of frames and a few fields of the context ([`Saved`]). One of them runs; the
//! chains of the others are parked here, and switching means exchanging those fields (`vm::threads` does it). Since only
//! one thread runs at a time and a native is never interrupted, no object needs a lock of ours.
//!
//! **How a native blocks.** It is a step native that answers [`Action::Wait`](super::native::Action::Wait) with a
//! [`Wait`]: until when, for which descriptors, and why (for the reports). It is continued with
//!
//! - `Input::Value(value)` when somebody [woke](Ctx::wake) the thread with this value; `True` when a descriptor of the
//!   wait is ready (which: [`Scheduler::take_ready`]) or its job is done,
//! - `Input::Exhausted(None)` when the time is up,
//! - `Input::Raised` when an exception ends the wait: KeyboardInterrupt, what a signal handler raised, a deadlock. The
//!   native takes its thread out of its lists of waiters and returns `Err`.
//!
//! Between its last look at the world and the answer `Wait` nothing else runs, so no wake-up is lost. A wake-up is a hint:
//! a native that waits for a condition looks at it again.
//!
//! **Waiting for descriptors.** A [`Wait`] with descriptors watches them for that one wait. An event loop instead watches
//! for as long as it likes ([`Ctx::watch`]); what becomes ready is kept for its thread ([`Scheduler::take_events`]), which
//! is woken when it waits with [`Why::Loop`]. Nothing is asked of the system while nothing is watched. Readiness is by
//! level: after `take_events` what is still ready is reported again by the next wait or [`Ctx::poll_now`].
//!
//! **Jobs** ([`Ctx::start_job`]) are for what blocks and cannot be waited for: they run on a thread of the operating system
//! that never sees a value.
//!
//! **Pinning.** The run loop is re-entered where a native must call Python in the middle of its work (`__eq__` while a
//! dict is searched). A thread in such an inner run is *pinned*: it can go on only while that run is the innermost one,
//! because the native's Rust frames lie on the one machine stack. `level` counts it: a thread can run when its level is 0
//! (nothing of it is on the machine stack, or only the outermost run, which it does not leave before its turn) or that of
//! the innermost run.
//!
//! **Time slices** are counted, not measured, so that a run can be repeated: a thread that others wait behind runs for
//! [`SLICE`] loop iterations and calls. `sys.setswitchinterval` scales the count.

use std::any::Any;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use smallvec::SmallVec;

use super::ctx::{Ctx, Resumed};
use super::frame::give_to_chain;
use super::heap::{Ref, attention, request_attention};
use super::native::NativeFrame;
use super::value::Value;
use crate::host::{Interest, Readiness};

/// What is said when a program has made all the steps that it may make.
pub const OUT_OF_STEPS: &str = "stopped: it made more steps than --max-steps allows";

/// Loop iterations and calls that a thread may do while others wait, at the default switch interval of 5 ms.
pub const SLICE: u32 = 100_000;

/// How many waits, after which it goes on itself, use up the slice of a thread.
const WAITS_IN_SLICE: u32 = 16;

/// The identity of a thread: what `threading.get_ident()` gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThreadId(pub u64);

impl ThreadId {
    /// The thread that runs the program.
    pub const MAIN: ThreadId = ThreadId(1);
}

/// Names a job until its result has been taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct JobId(u64);

/// What a job leaves: data without values.
pub type JobResult = Box<dyn Any + Send>;

/// What a thread waits for, as data for the report of a deadlock, and for the scheduler where it says so.
#[derive(Clone, Debug)]
pub enum Why {
    /// For time to pass.
    Sleep,
    /// For a lock, with the thread that holds it, if one does.
    Lock(Option<ThreadId>),
    /// For the end of a thread.
    Join(ThreadId),
    /// For descriptors.
    Io,
    /// An event loop waits for something to do: events of what its thread watches, or a job of its thread, end the wait.
    Loop,
    /// For a job: its end ends the wait.
    Job(JobId),
    /// For a signal, which may always come: such a wait is no deadlock.
    Signal,
    /// Anything else, in words that go on after `waits `: "for an item".
    Other(&'static str),
}

/// What a step native asks for when it blocks; see the module's documentation.
#[derive(Clone, Debug)]
pub struct Wait {
    /// The moment on the host's monotonic clock at which to give up.
    pub until: Option<Duration>,
    /// Descriptors, any of which ends the wait.
    pub io: SmallVec<[(i32, Interest); 1]>,
    /// What for.
    pub why: Why,
}

impl Wait {
    /// Waits until a wake-up, with no limit.
    pub fn forever(why: Why) -> Wait {
        Wait { until: None, io: SmallVec::new(), why }
    }

    /// The same with a limit, if there is one.
    #[must_use]
    pub fn until(mut self, deadline: Option<Duration>) -> Wait {
        self.until = deadline;
        self
    }

    /// Waits for a descriptor.
    pub fn io(descriptor: i32, interest: Interest) -> Wait {
        Wait { until: None, io: SmallVec::from_buf([(descriptor, interest)]), why: Why::Io }
    }

    /// Waits for a job.
    pub fn job(job: JobId) -> Wait {
        Wait::forever(Why::Job(job))
    }
}

/// The fields of the context that belong to the running thread.
#[derive(Default)]
pub struct Saved {
    pub(crate) frame: usize,
    pub(crate) handled: Value,
    pub(crate) depth: u32,
    pub(crate) repr_stack: Vec<usize>,
    pub(crate) asyncgen_hooks: (Value, Value),
    pub(crate) coroutine_origin_depth: u32,
    pub(crate) context: Value,
    pub(crate) level: u32,
}

/// How a thread that is ready goes on.
#[derive(Debug)]
pub enum Wake {
    /// Its first frame, a native one, starts.
    Start,
    /// Its Python frame goes on where it was preempted.
    Enter,
    /// Its wait ended with this.
    Value(Value),
    /// Its wait ended because the time was up.
    TimeUp,
    /// Its wait ends with this exception.
    Raise(Value),
    /// A signal came; when its handler returns, the wait goes on.
    Interrupted(Wait),
    /// It leaves the outermost run with this, or raises that.
    Leave(Result<Resumed, Value>),
}

/// Where a thread stands.
#[derive(Debug)]
pub enum Stage {
    /// It runs.
    Running,
    /// It is in the queue of ready threads.
    Ready(Wake),
    /// It waits.
    Waiting(Wait),
}

/// A thread that has been started and has not ended.
pub struct Thread {
    /// For reports.
    pub(crate) name: Option<Box<str>>,
    pub(crate) stage: Stage,
    /// Valid unless it runs.
    pub(crate) saved: Saved,
    /// Counts its waits, so that the timer of an earlier one is known to be void.
    pub(crate) turn: u64,
    /// What became ready of what it watches.
    events: Vec<Readiness>,
    /// What became ready of what its last wait was for.
    ready: Vec<Readiness>,
}

/// Somebody's interest in a descriptor.
struct Watch {
    owner: ThreadId,
    interest: Interest,
    /// Of a [`Wait`]: it goes when the wait ends.
    once: bool,
}

type Completions = Arc<Mutex<Vec<(JobId, JobResult)>>>;

/// The threads and what they wait for.
pub struct Scheduler {
    threads: BTreeMap<ThreadId, Thread>,
    current: ThreadId,
    last: u64,
    last_job: u64,
    /// The innermost run in which the current thread is.
    pub(crate) level: u32,
    /// Runs of the loop that are under way.
    pub(crate) runs: u32,
    queue: VecDeque<ThreadId>,
    timers: BinaryHeap<Reverse<(Duration, u64, ThreadId)>>,
    turns: u64,
    watches: BTreeMap<i32, Vec<Watch>>,
    /// Watched descriptors that were reported and may still be ready.
    reported: Vec<i32>,
    completed: Completions,
    /// Jobs under way, with the threads that started them.
    working: BTreeMap<JobId, ThreadId>,
    results: BTreeMap<JobId, JobResult>,
    /// What is left of the running thread's slice.
    pub(crate) ticks: u32,
    /// Steps that programs may still make, when they are counted.
    steps_left: Option<u64>,
    slice: u32,
    armed: bool,
    /// Switches so far.
    pub(crate) switches: u32,
    /// Slices that the pinned thread that runs has had in a row.
    pub(crate) pinned_slices: u32,
    /// Deadlocks found so far.
    pub(crate) deadlocks: u32,
    /// A deadlock was told of and stands: it is not told of again.
    pub(crate) stands_still: bool,
    /// An interrupt arrived while another thread than the main one ran.
    pub(crate) interrupted: bool,
    /// The program is ending: only the running thread goes on.
    closing: bool,
}

impl Default for Scheduler {
    fn default() -> Scheduler {
        let main = Thread {
            name: Some("MainThread".into()),
            stage: Stage::Running,
            saved: Saved::default(),
            turn: 0,
            events: Vec::new(),
            ready: Vec::new(),
        };
        Scheduler {
            threads: BTreeMap::from([(ThreadId::MAIN, main)]),
            current: ThreadId::MAIN,
            last: ThreadId::MAIN.0,
            last_job: 0,
            level: 0,
            runs: 0,
            queue: VecDeque::new(),
            timers: BinaryHeap::new(),
            turns: 0,
            watches: BTreeMap::new(),
            reported: Vec::new(),
            completed: Completions::default(),
            working: BTreeMap::new(),
            results: BTreeMap::new(),
            ticks: SLICE,
            steps_left: None,
            slice: SLICE,
            armed: false,
            switches: 0,
            pinned_slices: 0,
            deadlocks: 0,
            stands_still: false,
            interrupted: false,
            closing: false,
        }
    }
}

impl Scheduler {
    /// The running thread.
    pub fn current(&self) -> ThreadId {
        self.current
    }

    /// Threads that have been started and have not ended, the main one included.
    pub fn count(&self) -> usize {
        self.threads.len()
    }

    /// Whether a thread has been started and has not ended.
    pub fn is_alive(&self, id: ThreadId) -> bool {
        self.threads.contains_key(&id)
    }

    /// Makes a thread out of a native frame, which starts when its turn comes; where it ends the thread ends.
    pub fn spawn(&mut self, bottom: Ref<NativeFrame>) -> ThreadId {
        self.last += 1;
        let id = ThreadId(self.last);
        let saved = Saved {
            frame: give_to_chain(bottom.into_value()),
            handled: Value::NONE,
            depth: 1,
            asyncgen_hooks: (Value::NONE, Value::NONE),
            ..Saved::default()
        };
        let thread = Thread {
            name: None,
            stage: Stage::Ready(Wake::Start),
            saved,
            turn: 0,
            events: Vec::new(),
            ready: Vec::new(),
        };
        self.threads.insert(id, thread);
        self.queue.push_back(id);
        self.arm();
        id
    }

    /// Sets the name that reports call a thread by.
    pub fn set_name(&mut self, id: ThreadId, name: &str) {
        if let Some(thread) = self.threads.get_mut(&id) {
            thread.name = Some(name.into());
        }
    }

    /// The name that reports call a thread by.
    pub fn name(&self, id: ThreadId) -> String {
        match self.threads.get(&id).and_then(|thread| thread.name.as_deref()) {
            Some(name) => name.to_owned(),
            None => format!("thread {}", id.0),
        }
    }

    /// Whether a thread waits as an event loop does, so that waking it tells the loop to look around.
    pub fn waits_in_loop(&self, id: ThreadId) -> bool {
        matches!(self.threads.get(&id).map(|thread| &thread.stage), Some(Stage::Waiting(Wait { why: Why::Loop, .. })))
    }

    /// Whether a thread has only the outermost run to leave.
    pub(crate) fn is_leaving(&self, id: ThreadId) -> bool {
        matches!(self.threads.get(&id).map(|thread| &thread.stage), Some(Stage::Ready(Wake::Leave(_))))
    }

    /// What a thread waits for, if it waits.
    pub fn waits_for(&self, id: ThreadId) -> Option<&Wait> {
        match &self.threads.get(&id)?.stage {
            Stage::Waiting(wait) => Some(wait),
            Stage::Running | Stage::Ready(_) => None,
        }
    }

    /// What became ready since it was last asked for, of what the running thread [watches](Ctx::watch).
    pub fn take_events(&mut self) -> Vec<Readiness> {
        let Some(thread) = self.threads.get_mut(&self.current) else { return Vec::new() };
        let events = std::mem::take(&mut thread.events);
        self.reported.extend(events.iter().map(|event| event.descriptor));
        events
    }

    /// The descriptors of the running thread's last wait that were ready at its end.
    pub fn take_ready(&mut self) -> Vec<Readiness> {
        self.threads.get_mut(&self.current).map(|thread| std::mem::take(&mut thread.ready)).unwrap_or_default()
    }

    /// The result of a job, once, when it is done.
    pub fn take_job(&mut self, job: JobId) -> Option<JobResult> {
        self.results.remove(&job)
    }

    /// Sets the slice of a thread by `sys.setswitchinterval`.
    pub fn set_switch_interval(&mut self, interval: Duration) {
        let slice = f64::from(SLICE) * (interval.as_secs_f64() / 0.005);
        self.slice = slice.clamp(1.0, f64::from(u32::MAX)) as u32;
        self.ticks = self.ticks.min(self.slice);
    }

    /// How many deadlocks have been found and told of.
    pub fn deadlocks(&self) -> u32 {
        self.deadlocks
    }

    /// From now on only the running thread goes on; the others stay where they are, as the program is ending.
    pub fn close(&mut self) {
        self.closing = true;
    }

    /// Whether the program is ending.
    pub fn is_closing(&self) -> bool {
        self.closing
    }

    /// All threads, in the order in which they were started.
    pub(crate) fn everyone(&self) -> impl Iterator<Item = (ThreadId, &Thread)> {
        self.threads.iter().map(|(id, thread)| (*id, thread))
    }

    pub(crate) fn thread(&mut self, id: ThreadId) -> Option<&mut Thread> {
        self.threads.get_mut(&id)
    }

    /// A parked thread goes on, with a new slice; only with the rest of its old one when it had nobody to give way to.
    ///
    /// It may have waited in an inner run, over threads that are held below it (see *Pinning*). They are to have their
    /// turn even if it never does anything but wait there.
    pub(crate) fn set_current(&mut self, id: ThreadId) {
        self.ticks =
            if self.current == id { self.ticks.saturating_sub(self.slice / WAITS_IN_SLICE) } else { self.slice };
        self.current = id;
    }

    pub(crate) fn remove(&mut self, id: ThreadId) -> Option<Thread> {
        self.threads.remove(&id)
    }

    /// The thread that the innermost run began for.
    pub(crate) fn owner_of_run(&self) -> Option<ThreadId> {
        self.threads.iter().find(|(_, thread)| thread.saved.level == self.runs).map(|(id, _)| *id)
    }

    /// Asks the loop to look for a switch when the slice is over.
    pub(crate) fn arm(&mut self) {
        if !self.armed {
            self.armed = true;
            self.ticks = self.slice;
            request_attention(attention::SWITCH);
        }
    }

    /// Counts steps from now on, for a limit.
    pub(crate) fn limit_steps(&mut self, limit: Option<u64>) {
        self.steps_left = limit;
        if limit.is_some() {
            self.arm();
        }
    }

    /// A slice is over: whether steps are left.
    pub(crate) fn pay_for_slice(&mut self) -> bool {
        match &mut self.steps_left {
            None => true,
            Some(left) => {
                *left = left.saturating_sub(u64::from(self.slice));
                *left > 0
            }
        }
    }

    /// Nobody waits for a turn any more.
    pub(crate) fn disarm(&mut self) {
        if self.steps_left.is_some() {
            return;
        }
        self.armed = false;
        super::heap::attention_word().fetch_and(!attention::SWITCH, Ordering::Relaxed);
    }

    /// Begins a new slice of the running thread.
    pub(crate) fn renew_slice(&mut self) {
        self.ticks = self.slice;
    }

    /// Whether another thread may become able to run while this one does.
    pub(crate) fn has_rivals(&self) -> bool {
        !self.queue.is_empty()
            || self.threads.len() > 1
                && (!self.timers.is_empty() || !self.watches.is_empty() || !self.working.is_empty())
    }

    /// Whether a thread could run now; see *Pinning* in the module's documentation.
    pub(crate) fn can_run(&self, id: ThreadId) -> bool {
        if self.closing && id != self.current {
            return false;
        }
        self.threads.get(&id).is_some_and(|thread| thread.saved.level == 0 || thread.saved.level == self.runs)
    }

    /// The next ready thread that can run, taken out of the queue.
    pub(crate) fn next_ready(&mut self) -> Option<ThreadId> {
        let index = self.queue.iter().position(|id| self.can_run(*id))?;
        self.queue.remove(index)
    }

    /// Whether a thread that can run is ready.
    pub(crate) fn any_ready(&self) -> bool {
        self.queue.iter().any(|id| self.can_run(*id))
    }

    /// Parks a thread that is ready to go on.
    pub(crate) fn park_ready(&mut self, id: ThreadId, wake: Wake) {
        if let Some(thread) = self.threads.get_mut(&id) {
            thread.stage = Stage::Ready(wake);
            self.queue.push_back(id);
        }
    }

    /// Parks a thread that waits.
    pub(crate) fn park_waiting(&mut self, id: ThreadId, wait: Wait) {
        self.turns += 1;
        let turn = self.turns;
        if let Some(deadline) = wait.until {
            self.timers.push(Reverse((deadline, turn, id)));
            self.sweep_timers();
        }
        if let Some(thread) = self.threads.get_mut(&id) {
            thread.turn = turn;
            thread.stage = Stage::Waiting(wait);
        }
    }

    /// Drops the timers of waits that ended early, when they are many.
    fn sweep_timers(&mut self) {
        if self.timers.len() > 64 + 4 * self.threads.len() {
            let threads = &self.threads;
            self.timers.retain(|Reverse((_, turn, id))| threads.get(id).is_none_or(|thread| thread.turn == *turn));
        }
    }

    /// Drops void timers from the front.
    fn drop_void_timers(&mut self) {
        while let Some(Reverse((_, turn, id))) = self.timers.peek() {
            let is_waiting = |thread: &Thread| thread.turn == *turn && matches!(thread.stage, Stage::Waiting(_));
            if self.threads.get(id).is_some_and(is_waiting) {
                return;
            }
            self.timers.pop();
        }
    }

    /// Whether anybody waits for a moment.
    pub(crate) fn has_timers(&self) -> bool {
        !self.timers.is_empty()
    }

    /// The earliest moment for which a thread waits that could then run.
    pub(crate) fn next_deadline(&mut self) -> Option<Duration> {
        self.drop_void_timers();
        let Reverse((earliest, _, id)) = self.timers.peek()?;
        if self.can_run(*id) {
            return Some(*earliest);
        }
        let counts = |turn: u64, id: ThreadId| {
            self.can_run(id)
                && self.threads.get(&id).is_some_and(|t| t.turn == turn && matches!(t.stage, Stage::Waiting(_)))
        };
        let candidates = self.timers.iter().filter(|Reverse((_, turn, id))| counts(*turn, *id));
        candidates.map(|Reverse((deadline, ..))| *deadline).min()
    }

    /// Whether a thread that could then run waits for a descriptor, a job or a signal.
    pub(crate) fn waits_for_outside(&mut self) -> bool {
        let watched = self.watches.values().flatten().any(|watch| self.can_run(watch.owner));
        let worked = self.working.values().any(|owner| self.can_run(*owner));
        let signal = |thread: &Thread| matches!(thread.stage, Stage::Waiting(Wait { why: Why::Signal, .. }));
        watched || worked || self.threads.get(&ThreadId::MAIN).is_some_and(signal) && self.can_run(ThreadId::MAIN)
    }

    /// Makes the threads ready whose time is up.
    pub(crate) fn expire(&mut self, now: Duration) -> SmallVec<[ThreadId; 4]> {
        let mut expired = SmallVec::new();
        loop {
            self.drop_void_timers();
            match self.timers.peek() {
                Some(Reverse((deadline, _, id))) if *deadline <= now => {
                    let id = *id;
                    self.timers.pop();
                    expired.push(id);
                }
                _ => return expired,
            }
            // The wait of a thread has one timer, so it is not met again.
        }
    }

    /// Notes what the helper threads have finished; gives the threads that wait for it.
    pub(crate) fn receive_jobs(&mut self) -> SmallVec<[ThreadId; 4]> {
        let mut woken = SmallVec::new();
        if self.working.is_empty() {
            return woken;
        }
        let done = std::mem::take(&mut *self.completed.lock().unwrap_or_else(PoisonError::into_inner));
        for (job, result) in done {
            let Some(owner) = self.working.remove(&job) else { continue };
            self.results.insert(job, result);
            let concerned = match self.waits_for(owner).map(|wait| &wait.why) {
                Some(Why::Job(awaited)) => *awaited == job,
                Some(Why::Loop) => true,
                _ => false,
            };
            if concerned {
                woken.push(owner);
            }
        }
        woken
    }

    /// Whether a wait is over before it begins: the job is done, or the loop has events.
    pub(crate) fn is_over(&mut self, wait: &Wait) -> bool {
        match wait.why {
            Why::Job(job) => self.results.contains_key(&job),
            Why::Loop => self.threads.get(&self.current).is_some_and(|thread| !thread.events.is_empty()),
            Why::Sleep | Why::Lock(_) | Why::Join(_) | Why::Io | Why::Signal | Why::Other(_) => false,
        }
    }

    fn union(&self, descriptor: i32) -> Interest {
        let watches = self.watches.get(&descriptor).map_or(&[][..], Vec::as_slice);
        watches.iter().fold(Interest::default(), |union, watch| union.union(watch.interest))
    }
}

impl Ctx {
    /// Makes a waiting thread ready; its wait ends with the value. `false` when it does not wait (any more).
    pub fn wake(&mut self, id: ThreadId, value: Value) -> bool {
        self.end_wait(id, Wake::Value(value))
    }

    /// As [`Ctx::wake`], with any end of the wait.
    pub(crate) fn end_wait(&mut self, id: ThreadId, wake: Wake) -> bool {
        let Some(thread) = self.threads.threads.get_mut(&id) else { return false };
        let Stage::Waiting(wait) = &mut thread.stage else { return false };
        let io = std::mem::take(&mut wait.io);
        thread.stage = Stage::Ready(wake);
        self.threads.queue.push_back(id);
        self.threads.arm();
        for (descriptor, _) in io {
            self.remove_watch(descriptor, id, true);
        }
        true
    }

    /// Watches a descriptor on behalf of the running thread until [`Ctx::unwatch`]; a second call changes the interest.
    ///
    /// # Errors
    /// What the operating system says; `PermissionDenied` for what is always ready, a regular file for one.
    pub fn watch(&mut self, descriptor: i32, interest: Interest) -> io::Result<()> {
        let owner = self.threads.current;
        self.add_watch(descriptor, Watch { owner, interest, once: false })
    }

    /// Ends what [`Ctx::watch`] began. A descriptor must not be closed before.
    pub fn unwatch(&mut self, descriptor: i32) {
        let owner = self.threads.current;
        self.remove_watch(descriptor, owner, false);
        if let Some(thread) = self.threads.threads.get_mut(&owner) {
            thread.events.retain(|event| event.descriptor != descriptor);
        }
    }

    /// Begins the watches of a wait. What cannot be watched is always ready: the wait is over then.
    pub(crate) fn watch_for_wait(&mut self, wait: &Wait) -> bool {
        let owner = self.threads.current;
        if let Some(thread) = self.threads.threads.get_mut(&owner) {
            thread.ready.clear();
        }
        for (index, (descriptor, interest)) in wait.io.iter().enumerate() {
            if self.add_watch(*descriptor, Watch { owner, interest: *interest, once: true }).is_err() {
                let ready = Readiness {
                    descriptor: *descriptor,
                    read: interest.read,
                    write: interest.write,
                    ..Readiness::default()
                };
                if let Some(thread) = self.threads.threads.get_mut(&owner) {
                    thread.ready.push(ready);
                }
                for (descriptor, _) in &wait.io[..index] {
                    self.remove_watch(*descriptor, owner, true);
                }
                return true;
            }
        }
        false
    }

    fn add_watch(&mut self, descriptor: i32, watch: Watch) -> io::Result<()> {
        let watches = self.threads.watches.entry(descriptor).or_default();
        watches.retain(|other| other.owner != watch.owner || other.once != watch.once);
        watches.push(watch);
        let union = self.threads.union(descriptor);
        let result = self.host.watch(descriptor, union);
        if result.is_err() {
            self.threads.watches.remove(&descriptor);
        }
        result
    }

    fn remove_watch(&mut self, descriptor: i32, owner: ThreadId, once: bool) {
        let Some(watches) = self.threads.watches.get_mut(&descriptor) else { return };
        watches.retain(|watch| watch.owner != owner || watch.once != once);
        if watches.is_empty() {
            self.threads.watches.remove(&descriptor);
            self.host.unwatch(descriptor);
            return;
        }
        let union = self.threads.union(descriptor);
        // It was watched until now, so that it can be is known.
        let _ = self.host.watch(descriptor, union);
    }

    /// Lets time pass in the host, for at most `timeout`, and hands out what has become ready, done and due.
    pub(crate) fn wait_in_host(&mut self, timeout: Option<Duration>) {
        for descriptor in std::mem::take(&mut self.threads.reported) {
            let union = self.threads.union(descriptor);
            if !union.is_empty() {
                let _ = self.host.watch(descriptor, union);
            }
        }
        let mut ready = Vec::new();
        self.host.wait(timeout, &mut ready);
        for event in ready {
            self.hand_out(event);
        }
    }

    fn hand_out(&mut self, event: Readiness) {
        let mut woken: SmallVec<[ThreadId; 4]> = SmallVec::new();
        let scheduler = &mut self.threads;
        let Some(watches) = scheduler.watches.get(&event.descriptor) else { return };
        for watch in watches.iter().filter(|watch| event.concerns(watch.interest)) {
            let Some(thread) = scheduler.threads.get_mut(&watch.owner) else { continue };
            let news = Readiness {
                read: event.read && watch.interest.read,
                write: event.write && watch.interest.write,
                ..event
            };
            if watch.once {
                thread.ready.push(news);
                woken.push(watch.owner);
                continue;
            }
            match thread.events.iter_mut().find(|known| known.descriptor == event.descriptor) {
                Some(known) => *known = news,
                None => thread.events.push(news),
            }
            if matches!(&thread.stage, Stage::Waiting(Wait { why: Why::Loop, .. })) {
                woken.push(watch.owner);
            }
        }
        for id in woken {
            self.wake(id, Value::TRUE);
        }
    }

    /// Looks, without waiting, what has become ready and which jobs are done. Costs nothing while nothing is watched and
    /// no job runs.
    pub fn poll_now(&mut self) {
        if !self.threads.watches.is_empty() {
            self.wait_in_host(Some(Duration::ZERO));
        }
        self.wake_after_jobs();
    }

    /// Wakes the threads whose jobs are done.
    pub(crate) fn wake_after_jobs(&mut self) {
        for id in self.threads.receive_jobs() {
            self.wake(id, Value::TRUE);
        }
    }

    /// Makes the threads ready whose time is up.
    pub(crate) fn expire_timers(&mut self) {
        if !self.threads.has_timers() {
            return;
        }
        let now = self.host.monotonic_time();
        for id in self.threads.expire(now) {
            self.end_wait(id, Wake::TimeUp);
        }
    }

    /// Runs blocking work on a thread of the operating system. The running thread waits for it with [`Wait::job`], or as
    /// an event loop; [`Scheduler::take_job`] gives the result.
    ///
    /// # Errors
    /// What the operating system says when it has no thread left.
    pub fn start_job(&mut self, work: impl FnOnce() -> JobResult + Send + 'static) -> io::Result<JobId> {
        self.threads.last_job += 1;
        let id = JobId(self.threads.last_job);
        let completed = Arc::clone(&self.threads.completed);
        self.host.start_job(Box::new(move || {
            let result = work();
            completed.lock().unwrap_or_else(PoisonError::into_inner).push((id, result));
        }))?;
        let owner = self.threads.current;
        self.threads.working.insert(id, owner);
        Ok(id)
    }

    /// The moment on the monotonic clock that is this far away, for [`Wait::until`].
    pub fn deadline(&self, after: Duration) -> Duration {
        self.host.monotonic_time().saturating_add(after)
    }
}
