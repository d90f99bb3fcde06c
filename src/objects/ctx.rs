//! The context: everything that natives and the object protocols share in one interpreter.
//!
//! There is one [`Ctx`] per interpreter. The VM adds the run loop on top of it; natives see only this. An exception
//! that is being raised lives here ([`Ctx::raise_value`]) and travels as a zero-sized [`Raised`].

use std::any::{Any, TypeId};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use super::class::Class;
use super::dict::Dict;
use super::exception::Exception;
use super::exception_table::Exceptions;
use super::heap::{self, Obj, Ref, alloc};
use super::names::Names;
use super::native::{PyResult, Raised};
use super::observer::Observer;
use super::reporter::Reporter;
use super::scheduler::Scheduler;
use super::string::new_str;
use super::text::Text;
use super::types::Types;
use super::value::Value;
use super::{dict, tuple};
use crate::host::Host;

/// How the object model reaches the run loop: the one re-entrant door (see the VM design, natives).
#[derive(Clone, Copy)]
pub struct Door {
    /// Calls a callable with positional arguments and keyword arguments, to the end.
    pub call: CallToEnd,
    /// Sends a value into a generator or coroutine frame and runs it to its next yield or end.
    pub resume: fn(&mut Ctx, &Value, Value) -> PyResult<Resumed>,
    /// Throws the exception into a generator or coroutine frame.
    pub throw: fn(&mut Ctx, &Value, Value) -> PyResult<Resumed>,
    /// Closes a generator or coroutine frame.
    pub close: fn(&mut Ctx, &Value) -> PyResult,
    /// Compiles source text (for `exec`, `eval`, `compile` and imports).
    pub compile: Compile,
    /// Compiles the function that a code object stands for whose body was left out.
    pub complete: fn(&mut Ctx, &Value) -> PyResult,
    /// N of the last Python 3.N, up to a newest one, that had all that a program names.
    pub last_python: fn(&str, u8) -> u8,
    /// Runs what waits in the pending queue.
    pub run_pending: fn(&mut Ctx),
    /// Runs a class body or module code, given as a function, with its namespace.
    pub run_body: fn(&mut Ctx, &Value, &Value) -> PyResult,
}

/// Calls a callable with positional arguments and keyword arguments, and runs it to its end.
pub type CallToEnd = fn(&mut Ctx, &Value, &[Value], &[(Value, Value)]) -> PyResult;

/// Compiles source (bytes as they stand in the file) under a file name; gives a code object.
pub type Compile = fn(&mut Ctx, &[u8], &str, &CompileMode) -> PyResult;

/// How source is to be compiled.
#[derive(Clone, Debug)]
pub struct CompileMode {
    /// `exec`, `eval` or `single`.
    pub mode: &'static str,
    /// Compiler flags, as `compile()` takes them (`PyCF_*` and `CO_FUTURE_*`).
    pub flags: u32,
    /// 0, 1 (`-O`) or 2 (`-OO`).
    pub optimize: u8,
    /// The source was a `str`: a coding line in it means nothing.
    pub is_text: bool,
    /// Part of Coil itself: frames stay out of tracebacks.
    pub hidden: bool,
    /// A file of Coil's own library: the bodies of its functions are compiled when they are called.
    pub deferring: bool,
}

impl Default for CompileMode {
    fn default() -> CompileMode {
        CompileMode { mode: "exec", flags: 0, optimize: 0, is_text: false, hidden: false, deferring: false }
    }
}

/// How a resumed frame stopped.
#[derive(Debug)]
pub enum Resumed {
    /// It yielded this.
    Yielded(Value),
    /// It returned this.
    Returned(Value),
}

/// Everything that natives and protocols share.
pub struct Ctx {
    /// The outside world.
    pub host: Box<dyn Host>,
    /// Interned names.
    pub names: Names,
    /// Built-in classes.
    pub types: Types,
    /// Built-in exception classes.
    pub exceptions: Exceptions,
    /// `sys.modules`
    pub modules: Ref<Dict>,
    /// The namespace of `builtins`.
    pub builtins: Ref<Dict>,
    /// The namespace of `sys`.
    pub sys: Ref<Dict>,
    /// The exception that is being raised; empty when none is.
    pub raised: Value,
    /// The exception that is being handled (`sys.exception()`), or None.
    pub handled: Value,
    /// The way to the run loop.
    pub door: Door,
    /// Who is told of every transfer of control, if anybody.
    pub observer: Option<Box<dyn Observer>>,
    /// Who shows what a program did not catch, if not the hooks themselves.
    pub reporter: Option<Box<dyn Reporter>>,
    /// The threads. Of the fields here, those that belong to the running thread are listed in
    /// [`Saved`](super::scheduler::Saved).
    pub threads: Scheduler,
    /// The running thread's current context of context variables, in either of the forms that `_contextvars` keeps.
    pub context: Value,
    /// Address of the running frame, 0 when none runs.
    pub frame: usize,
    /// Frames on the chain.
    pub depth: u32,
    /// `sys.getrecursionlimit()`
    pub recursion_limit: u32,
    /// Native code that is running inside native code: `repr` of nested lists, calls through the door.
    pub native_depth: u32,
    /// The attention word of this thread.
    pub attention: Arc<AtomicU32>,
    /// Objects whose `repr` is under way, for `[...]`.
    pub repr_stack: Vec<usize>,
    /// State of modules that is not visible to programs, by type.
    pub module_state: Vec<(TypeId, Box<dyn Any>)>,
    /// What `sys.set_asyncgen_hooks` was given: first iteration, finaliser.
    pub asyncgen_hooks: (Value, Value),
    /// Objects of finished steps of asynchronous generators, for the next steps: see [`suspension`](super::suspension).
    pub finished_steps: Vec<Value>,
    /// `sys.set_coroutine_origin_tracking_depth`
    pub coroutine_origin_depth: u32,
    /// Digits allowed in conversions between int and str (`sys.set_int_max_str_digits`), 0 for no limit.
    pub int_max_str_digits: usize,
    /// Puts those attributes into `sys` that few programs ask for; see [`Ctx::complete_sys`].
    pub late_sys: Option<fn(&mut Ctx)>,
    /// A buffer for texts that are put together; taken while it is in use.
    pub scratch: String,
    /// The one-character strs of ASCII, for indexing.
    pub ascii: Box<[Value]>,
    /// Arguments of the command line, for `sys.argv`.
    pub argv: Vec<String>,
    /// 0, 1 (`-O`) or 2 (`-OO`), for modules compiled from now on.
    pub optimize: u8,
    /// The source of a file of the embedded library, by the name that its code objects have.
    pub library_source: fn(&str) -> Option<&'static str>,
}

/// Native code nested deeper than this raises RecursionError, as in CPython. One level takes up to 60 KiB of machine
/// stack without optimisation, 10 with it; the interpreter thread's stack (`on_large_stack`) has room for that.
pub const MAX_NATIVE_DEPTH: u32 = 10_000;

/// A larger buffer is not kept.
const LARGEST_SCRATCH: usize = 1024;

impl Ctx {
    /// Makes the attributes of `sys` whose making takes long and which few programs ask for.
    pub fn complete_sys(&mut self) {
        if let Some(complete) = self.late_sys.take() {
            complete(self);
        }
    }

    /// A context with built-in classes and empty namespaces.
    pub fn new(host: Box<dyn Host>, door: Door) -> Ctx {
        let names = Names::new();
        let types = Types::new();
        let exceptions = Exceptions::new(&types);
        Ctx {
            host,
            names,
            types,
            exceptions,
            modules: dict::new_dict(),
            builtins: dict::new_dict(),
            sys: dict::new_dict(),
            raised: Value::EMPTY,
            handled: Value::NONE,
            door,
            observer: None,
            reporter: None,
            threads: Scheduler::default(),
            context: Value::EMPTY,
            frame: 0,
            depth: 0,
            recursion_limit: 1000,
            native_depth: 0,
            attention: heap::attention_word(),
            repr_stack: Vec::new(),
            module_state: Vec::new(),
            asyncgen_hooks: (Value::NONE, Value::NONE),
            finished_steps: Vec::new(),
            coroutine_origin_depth: 0,
            int_max_str_digits: 4300,
            late_sys: None,
            scratch: String::new(),
            ascii: (0..128u8).map(|byte| super::string::char_str(char::from(byte))).collect(),
            argv: Vec::new(),
            optimize: 0,
            library_source: |_| None,
        }
    }

    /// State that a module keeps in this interpreter, made when first asked for.
    pub fn state<T: Default + 'static>(&mut self) -> &mut T {
        let wanted = TypeId::of::<T>();
        let mut index = match self.module_state.iter().position(|(id, _)| *id == wanted) {
            Some(index) => index,
            None => {
                self.module_state.push((wanted, Box::new(T::default())));
                self.module_state.len() - 1
            }
        };
        if index > 0 {
            // What is asked for often gets to the front.
            self.module_state.swap(index, index / 2);
            index /= 2;
        }
        match self.module_state[index].1.downcast_mut::<T>() {
            Some(state) => state,
            None => unreachable!("found by its type"),
        }
    }

    /// A new `str` of what is written to a buffer.
    ///
    /// # Errors
    /// What writing raises.
    pub fn write_str(&mut self, write: impl FnOnce(&mut Ctx, &mut String) -> PyResult<()>) -> PyResult {
        let mut buffer = std::mem::take(&mut self.scratch);
        buffer.clear();
        let written = write(self, &mut buffer);
        let text = written.map(|()| self.str(buffer.as_str()));
        if buffer.capacity() <= LARGEST_SCRATCH {
            self.scratch = buffer;
        }
        text
    }

    /// A new `str`.
    pub fn str(&self, text: impl Into<Text>) -> Value {
        new_str(text).into_value()
    }

    /// Raises an exception object. What is being handled becomes its `__context__`.
    #[cold]
    pub fn raise_value(&mut self, exception: Value) -> Raised {
        if !self.handled.is_none() && !self.handled.is(&exception) {
            set_context(&exception, &self.handled);
        }
        self.raised = exception;
        Raised(())
    }

    /// Puts back an exception that was taken by [`Ctx::take_raised`], context and traceback untouched.
    pub fn reraise(&mut self, exception: Value) -> Raised {
        self.raised = exception;
        Raised(())
    }

    /// Takes the exception out that is being raised: it is caught.
    pub fn take_raised(&mut self, _raised: Raised) -> Value {
        std::mem::take(&mut self.raised)
    }

    /// Whether the exception being raised is an instance of the class.
    pub fn raised_is(&self, class: &Obj<Class>) -> bool {
        self.raised.header().is_some_and(|header| header.shape().with_class(|own| own.is_subclass_of(class)))
    }

    /// A new exception object of a built-in class, made without running its `__init__`.
    pub fn new_exception(&self, class: &Obj<Class>, args: Vec<Value>) -> Value {
        let args = tuple::new_tuple(args).into_value();
        alloc(class.instance_shape.get(), Exception::new(args)).into_value()
    }

    /// Raises an exception of a built-in class with a message.
    #[cold]
    pub fn raise(&mut self, class: &Ref<Class>, message: impl Into<String>) -> Raised {
        let message: String = message.into();
        let message = self.str(message);
        let exception = self.new_exception(class, vec![message]);
        self.raise_value(exception)
    }

    /// Takes the exception if it is an instance of the class: `Ok` when it was, else the exception goes on.
    ///
    /// # Errors
    /// The exception, when it is another one.
    pub fn catch(&mut self, raised: Raised, class: &Ref<Class>) -> PyResult {
        if self.raised_is(class) { Ok(self.take_raised(raised)) } else { Err(raised) }
    }
}

fn set_context(exception: &Value, context: &Value) {
    let Some(object) = exception.downcast_ref::<Exception>() else { return };
    // Break the cycle that would arise if the new exception were already in the chain of contexts. The program may have
    // made a cycle of its own there: a second walker, half as fast, is met then.
    let mut link = context.clone();
    let mut slow = context.clone();
    let mut slow_moves = false;
    while let Some(next) = link.downcast::<Exception>() {
        let following = next.context.get();
        if following.is(exception) {
            next.context.set(Value::NONE);
            break;
        }
        if following.is(&slow) {
            break;
        }
        if slow_moves {
            slow = slow.downcast_ref::<Exception>().map_or(Value::NONE, |behind| behind.context.get());
        }
        slow_moves = !slow_moves;
        link = following;
    }
    object.context.set(context.clone());
}

macro_rules! raisers {
    ($($(#[doc = $doc:literal])+ $name:ident $class:ident;)+) => {
        impl Ctx {
            $($(#[doc = $doc])+
            #[cold]
            pub fn $name(&mut self, message: impl Into<String>) -> Raised {
                let class = self.exceptions.$class.clone();
                self.raise(&class, message)
            })+
        }
    };
}

raisers! {
    /// Raises TypeError.
    type_error TypeError;
    /// Raises ValueError.
    value_error ValueError;
    /// Raises IndexError.
    index_error IndexError;
    /// Raises AttributeError without name and obj; see `protocol::no_attribute` for the usual one.
    attribute_error AttributeError;
    /// Raises OverflowError.
    overflow_error OverflowError;
    /// Raises ZeroDivisionError.
    zero_division_error ZeroDivisionError;
    /// Raises RuntimeError.
    runtime_error RuntimeError;
    /// Raises RecursionError.
    recursion_error RecursionError;
    /// Raises MemoryError.
    memory_error MemoryError;
    /// Raises BufferError.
    buffer_error BufferError;
    /// Raises NotImplementedError.
    not_implemented_error NotImplementedError;
    /// Raises SystemError.
    system_error SystemError;
    /// Raises EOFError.
    eof_error EOFError;
    /// Raises ReferenceError.
    reference_error ReferenceError;
    /// Raises LookupError.
    lookup_error LookupError;
    /// Raises AssertionError.
    assertion_error AssertionError;
}

impl Ctx {
    /// Raises KeyError for a key.
    #[cold]
    pub fn key_error(&mut self, key: &Value) -> Raised {
        let class = self.exceptions.KeyError.clone();
        let exception = self.new_exception(&class, vec![key.clone()]);
        self.raise_value(exception)
    }

    /// Raises StopIteration with a value (None for none).
    #[cold]
    pub fn stop_iteration(&mut self, value: Value) -> Raised {
        let class = self.exceptions.StopIteration.clone();
        let args = if value.is_none() { Vec::new() } else { vec![value.clone()] };
        let exception = self.new_exception(&class, args);
        if let Some(object) = exception.downcast_ref::<Exception>() {
            object.set_field(0, value);
        }
        self.raise_value(exception)
    }

    /// Enters native code that may nest: `Err` past the limit. Pair with [`Ctx::leave`].
    ///
    /// # Errors
    /// RecursionError; `what` ends the message, e.g. ` while getting the repr of an object`.
    #[inline]
    pub fn enter(&mut self, what: &str) -> PyResult<()> {
        if self.native_depth >= MAX_NATIVE_DEPTH {
            return Err(self.recursion_error(format!("maximum recursion depth exceeded{what}")));
        }
        self.native_depth += 1;
        Ok(())
    }

    /// Raises RecursionError when native code is nested too deep.
    ///
    /// # Errors
    /// RecursionError.
    #[inline]
    pub fn check_native_depth(&mut self, what: &str) -> PyResult<()> {
        self.enter(what)?;
        self.leave();
        Ok(())
    }

    /// Leaves what [`Ctx::enter`] entered.
    #[inline]
    pub fn leave(&mut self) {
        self.native_depth -= 1;
    }
}
