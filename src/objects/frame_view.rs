//! Frame objects as programs see them (`gi_frame`, `tb_frame`, `sys._getframe()`), made on demand.
//!
//! The interpreter's own frames are not objects of the program: a view refers to one, or, when it is gone, keeps what a
//! traceback needs. Source: "Frame objects" of the Language Reference; PEP 667 for `f_locals`.

use std::cell::{Cell, RefCell};

use rustc_hash::FxHashMap;

use super::arguments::{bad_self, or_none};
use super::cell::CellObject;
use super::ctx::Ctx;
use super::dict;
use super::frame::{self, Frame, State};
use super::function::{Function, builtins_of};
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::int;
use super::kind::Kind;
use super::native::{NativeFrame, PyResult};
use super::shape::ShapeId;
use super::value::Value;
use crate::code::{SlotKind, flags};

crate::natives! { pub(crate) static METHODS:
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// clear(): Clear all references held by the frame.
    method "clear(self, /)" => clear;
    getter "f_code(self)" => code;
    getter "f_locals(self)" => locals;
    getter "f_globals(self)" => globals;
    getter "f_builtins(self)" => builtins;
    getter "f_lineno(self)" => line;
    setter "f_lineno(self, value)" => set_line;
    getter "f_back(self)" => back;
    getter "f_lasti(self)" => last_instruction;
    getter "f_trace(self)" => trace;
    setter "f_trace(self, value)" => set_trace;
    getter "f_trace_lines(self)" => trace_lines;
    setter "f_trace_lines(self, value)" => set_trace_flag;
    getter "f_trace_opcodes(self)" => trace_opcodes;
    setter "f_trace_opcodes(self, value)" => set_trace_flag;
}

/// The payload of `frame`: a live frame, or a copy of what is left of one.
pub struct FrameView {
    /// The function.
    pub func: Slot,
    /// The live frame, empty when it is gone.
    pub frame: Slot,
    /// `f_back`, or None.
    pub back: Slot,
    /// The word at which it stood when the view was made; for a live frame its own `ip` counts.
    pub word: Cell<u32>,
    /// `f_locals`, once asked for, else empty.
    pub locals: Slot,
    /// `f_trace`
    pub trace: Slot,
}

impl Payload for FrameView {
    const KIND: Kind = Kind::FrameView;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        for slot in [&self.func, &self.frame, &self.back, &self.locals, &self.trace] {
            slot.peek(&mut *visit);
        }
    }

    fn clear(&self) {
        self.let_frame_go();
        for slot in [&self.back, &self.locals, &self.trace] {
            slot.take();
        }
    }
}

thread_local! {
    /// Where the view of a frame is, by the address of the frame: whoever asks twice gets one object.
    /// INVARIANT: a frame is listed as long as its view refers to it, which keeps both at their addresses.
    static VIEWS: RefCell<FxHashMap<usize, usize>> = RefCell::default();
}

fn address_of(object: &Value) -> usize {
    object.address().as_ptr().expose_provenance()
}

impl FrameView {
    /// Gives the frame up, which will get another view when it is asked for again.
    fn let_frame_go(&self) {
        let frame = self.frame.take();
        if !frame.is_empty() {
            // The table is gone already when what is left at the end of the thread is freed.
            let _ = VIEWS.try_with(|views| views.borrow_mut().remove(&address_of(&frame)));
        }
    }
}

impl Drop for FrameView {
    fn drop(&mut self) {
        self.let_frame_go();
    }
}

/// The view of a frame.
pub fn view(frame: &Obj<Frame>) -> Ref<FrameView> {
    let frame_address = address_of(&frame.to_value());
    let known = VIEWS.with_borrow(|views| views.get(&frame_address).copied());
    if let Some(view) = known.and_then(frame::value_at).and_then(|view| view.downcast::<FrameView>()) {
        return view;
    }
    let payload = FrameView {
        func: Slot::new(frame.func.get()),
        frame: Slot::new(frame.to_value()),
        back: Slot::default(),
        word: Cell::new(frame.ip.get()),
        locals: Slot::default(),
        trace: Slot::default(),
    };
    let view = alloc(ShapeId::exact(Kind::FrameView), payload);
    VIEWS.with_borrow_mut(|views| views.insert(frame_address, address_of(view.value())));
    view
}

/// What is left of a frame that is gone: its function and where it stood.
pub fn remnant(func: Value, word: u32) -> Ref<FrameView> {
    let payload = FrameView {
        func: Slot::new(func),
        frame: Slot::default(),
        back: Slot::new(Value::NONE),
        word: Cell::new(word.wrapping_add(1)),
        locals: Slot::default(),
        trace: Slot::default(),
    };
    alloc(ShapeId::exact(Kind::FrameView), payload)
}

/// The variables of a frame as `locals()` shows them: the namespace itself for class bodies and modules, else a dict of
/// the variables that are bound.
pub fn locals_of(frame: &Obj<Frame>) -> Value {
    let optimized = frame.with_code(|code| code.flags & flags::OPTIMIZED != 0);
    if !optimized {
        return frame.local(0);
    }
    let found = dict::new_dict();
    let slots: Vec<(Value, SlotKind)> =
        frame.with_code(|code| code.slot_names.iter().cloned().zip(code.object.slot_kinds.iter().copied()).collect());
    for (index, (name, kind)) in slots.into_iter().enumerate() {
        let mut value = frame.local(index);
        match kind {
            SlotKind::Hidden => continue,
            SlotKind::Cell | SlotKind::Free => {
                if let Some(cell) = value.downcast::<CellObject>() {
                    value = cell.content.get();
                }
            }
            SlotKind::Local => {}
        }
        if !value.is_empty() {
            found.set_str(&name, value);
        }
    }
    found.into_value()
}

/// The Python frame below a running frame: the one that called it, resumed it or delegates to it.
pub fn caller_of(frame: &Obj<Frame>) -> Option<Ref<Frame>> {
    if frame.deleg.get() != 0 {
        // Of a chain that runs, only its ends are marked as running.
        return if frame.is_running() { frame::frame_at(frame.deleg.get()) } else { None };
    }
    if frame.state.get() != State::Running {
        return None;
    }
    // What resumed the root of a chain stands in its leaf, which is where control returns from.
    let leaf = frame.chain_leaf();
    let mut address = leaf.as_ref().map_or_else(|| frame.prev.get(), |leaf| leaf.prev.get());
    loop {
        let below = frame::value_at(address)?;
        if let Some(frame) = below.downcast::<Frame>() {
            return Some(frame);
        }
        address = below.downcast_ref::<NativeFrame>()?.prev.get();
    }
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<FrameView>> {
    match value.downcast_ref::<FrameView>() {
        Some(view) => Ok(view),
        None => Err(bad_self(ctx, value, "frame")),
    }
}

impl FrameView {
    /// The frame, which may have finished: a traceback keeps its variables.
    fn live(&self) -> Option<Ref<Frame>> {
        self.frame.get().downcast::<Frame>()
    }

    /// The variables, as `f_locals` shows them.
    pub fn variables(&self) -> Value {
        if let Some(frame) = self.live() {
            // Of a generator or coroutine that an exception ended, the traceback has kept them.
            if frame.state.get() == State::Finished && frame.is_suspendable() && !self.locals.is_empty() {
                return self.locals.get();
            }
            let found = locals_of(&frame);
            if !found.is_empty() {
                return found;
            }
        }
        if self.locals.is_empty() {
            self.locals.set(dict::new_dict().into_value());
        }
        self.locals.get()
    }

    fn line(&self) -> u32 {
        let word = self.live().map_or_else(|| self.word.get(), |frame| frame.ip.get());
        self.func.get().downcast_ref::<Function>().map_or(0, |function| {
            function.with_code(|code| {
                let line_at = |word: u32| match word.checked_sub(1) {
                    Some(index) => code.object.positions.find(index).line,
                    None => code.object.first_line,
                };
                match line_at(word) {
                    // An exception has left the frame through code without a line: it stands where it was raised.
                    0 => line_at(self.word.get()),
                    line => line,
                }
            })
        })
    }
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let own = this(ctx, &args[0])?;
    let (file, name) = own.func.get().downcast_ref::<Function>().map_or_else(Default::default, |function| {
        function.with_code(|code| (code.object.filename.to_string(), code.object.name.to_string()))
    });
    let (id, line, file) = (args[0].id(), own.line(), crate::text::repr::string(&file));
    Ok(ctx.str(format!("<frame at {id:#x}, file {file}, line {line}, code {name}>")))
}

fn clear(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let own = this(ctx, &args[0])?;
    if let Some(frame) = own.live() {
        match frame.state.get() {
            State::Running => return Err(ctx.runtime_error("cannot clear an executing frame")),
            State::Suspended => return Err(ctx.runtime_error("cannot clear a suspended frame")),
            State::Finished => {}
            State::Created => {
                let generator = frame.value().clone();
                if frame.is_coroutine() {
                    let name = super::generator::qualified_name(&frame);
                    let message = ctx.str(format!("coroutine '{name}' was never awaited"));
                    let class = ctx.exceptions.RuntimeWarning.clone();
                    super::warning::warn_with_source(ctx, &class, &message, &generator)?;
                }
                (ctx.door.close)(ctx, &generator)?;
            }
        }
    }
    own.let_frame_go();
    own.locals.take();
    Ok(Value::NONE)
}

fn code(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let func = this(ctx, &args[0])?.func.get();
    Ok(func.downcast_ref::<Function>().map_or(Value::NONE, |function| function.code.get()))
}

fn locals(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(this(ctx, &args[0])?.variables())
}

fn globals(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let func = this(ctx, &args[0])?.func.get();
    Ok(func.downcast_ref::<Function>().map_or(Value::NONE, |function| function.globals.get()))
}

fn builtins(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let globals = globals(ctx, args)?;
    Ok(builtins_of(ctx, &globals))
}

fn line(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let line = this(ctx, &args[0])?.line();
    Ok(if line == 0 { Value::NONE } else { int::from_i64(i64::from(line)) })
}

fn set_line(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].is_empty() {
        return Err(ctx.attribute_error("cannot delete attribute"));
    }
    Err(ctx.value_error("f_lineno can only be set in a trace function"))
}

fn back(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let own = this(ctx, &args[0])?;
    if let Some(frame) = own.live() {
        return Ok(caller_of(&frame).map_or(Value::NONE, |below| view(&below).into_value()));
    }
    Ok(or_none(&own.back.get()))
}

fn last_instruction(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let own = this(ctx, &args[0])?;
    let word = own.live().map_or_else(|| own.word.get(), |frame| frame.ip.get());
    Ok(int::from_i64(if word == 0 { -1 } else { i64::from(word - 1) * 2 }))
}

fn trace(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(or_none(&this(ctx, &args[0])?.trace.get()))
}

fn set_trace(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    this(ctx, &args[0])?.trace.set(or_none(&args[1]));
    Ok(Value::NONE)
}

fn trace_lines(_: &mut Ctx, _: &[Value]) -> PyResult {
    Ok(Value::TRUE)
}

fn trace_opcodes(_: &mut Ctx, _: &[Value]) -> PyResult {
    Ok(Value::FALSE)
}

fn set_trace_flag(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    if args[1].as_bool().is_none() {
        return Err(ctx.type_error("attribute value type must be bool"));
    }
    // Trace functions are not called, so the flags have nothing to do.
    Ok(Value::NONE)
}
