//! Traceback objects: where an exception has been, outermost frame first.
//!
//! Source: "Traceback objects" of the Language Reference.

use super::arguments::bad_self;
use super::code::Code;
use super::ctx::Ctx;
use super::frame::Frame;
use super::frame_view::{self, FrameView};
use super::function::Function;
use super::heap::{Obj, Payload, Ref, Slot, alloc};
use super::int;
use super::kind::Kind;
use super::list::new_list;
use super::native::PyResult;
use super::protocol;
use super::shape::ShapeId;
use super::string::intern;
use super::value::Value;

crate::natives! { pub(crate) static METHODS:
    /// Create and return a new object.  See help(type) for accurate signature.
    staticmethod "__new__(cls, tb_next, tb_frame, tb_lasti, tb_lineno)" => new;
    /// Default dir() implementation.
    method "__dir__(self, /)" => dir;
    getter "tb_next(self)" => next;
    setter "tb_next(self, value)" => set_next;
    /// member
    getter "tb_frame(self)" => frame;
    /// member
    getter "tb_lasti(self)" => last_instruction;
    getter "tb_lineno(self)" => line;
}

/// The payload of `traceback`.
pub struct Traceback {
    /// `tb_next`: the entry one frame further in, or None.
    pub next: Slot,
    /// The function whose frame this was.
    pub func: Slot,
    /// The frame, or the frame object once it was asked for.
    pub frame: Slot,
    /// Word index of the instruction that raised or called, or [`NOT_STARTED`].
    pub word: u32,
    /// Line, where it is not that of the instruction: a program gave it, or the frame had not begun.
    pub given_line: Option<u32>,
}

impl Traceback {
    /// `tb_lineno`. It is looked up when somebody asks, which for most exceptions nobody does.
    pub fn line(&self) -> u32 {
        let of_word = |code: &Code| code.object.positions.find(self.word).line;
        let found =
            || self.func.get().downcast_ref::<Function>().map_or(0, |func| func.with_code(|code| of_word(code)));
        self.given_line.unwrap_or_else(found)
    }
}

/// Instead of an instruction: the exception was thrown into a generator that had not begun, which stands at its `def`.
pub const NOT_STARTED: u32 = u32::MAX;

impl Payload for Traceback {
    const KIND: Kind = Kind::Traceback;

    fn trace(&self, visit: &mut dyn FnMut(&Value)) {
        self.next.peek(&mut *visit);
        self.func.peek(&mut *visit);
        self.frame.peek(visit);
    }

    fn clear(&self) {
        self.next.take();
        self.frame.take();
    }
}

/// A new entry in front of the others.
pub fn new_traceback(next: Value, func: Value, word: u32, given_line: Option<u32>) -> Ref<Traceback> {
    alloc(
        ShapeId::exact(Kind::Traceback),
        Traceback { next: Slot::new(next), func: Slot::new(func), frame: Slot::new(Value::EMPTY), word, given_line },
    )
}

fn this<'a>(ctx: &mut Ctx, value: &'a Value) -> PyResult<&'a Obj<Traceback>> {
    match value.downcast_ref::<Traceback>() {
        Some(traceback) => Ok(traceback),
        None => Err(bad_self(ctx, value, "traceback")),
    }
}

fn new(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let [_, next, frame, lasti, line] = args else { return Ok(Value::NONE) };
    let Some(view) = frame.downcast_ref::<FrameView>() else {
        return Err(protocol::type_mismatch(ctx, "traceback() argument 'tb_frame' must be frame, not {}", frame));
    };
    if !next.is_none() && !next.is_kind::<Traceback>() {
        return Err(protocol::type_mismatch(ctx, "expected traceback object or None, got '{}'", next));
    }
    let lasti = protocol::convert::as_i32(ctx, lasti)?;
    let line = protocol::convert::as_i32(ctx, line)?;
    let word = u32::try_from(lasti / 2).unwrap_or(NOT_STARTED);
    let made = new_traceback(next.clone(), view.func.get(), word, Some(u32::try_from(line).unwrap_or(0)));
    made.frame.set(frame.clone());
    Ok(made.into_value())
}

fn dir(_: &mut Ctx, _: &[Value]) -> PyResult {
    Ok(new_list(["tb_frame", "tb_next", "tb_lasti", "tb_lineno"].map(intern).to_vec()).into_value())
}

fn next(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(this(ctx, &args[0])?.next.get())
}

fn set_next(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let own = this(ctx, &args[0])?;
    if args[1].is_empty() {
        return Err(ctx.type_error("can't delete tb_next attribute"));
    }
    if !args[1].is_none() && !args[1].is_kind::<Traceback>() {
        return Err(protocol::type_mismatch(ctx, "expected traceback object, got '{}'", &args[1]));
    }
    let mut link = args[1].clone();
    while let Some(entry) = link.downcast::<Traceback>() {
        if entry.value().is(&args[0]) {
            return Err(ctx.value_error("traceback loop detected"));
        }
        link = entry.next.get();
    }
    own.next.set(args[1].clone());
    Ok(Value::NONE)
}

fn frame(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(frame_object(this(ctx, &args[0])?).into_value())
}

/// The frame object of an entry, made when first asked for.
pub fn frame_object(entry: &Traceback) -> Ref<FrameView> {
    let kept = entry.frame.get();
    if let Some(view) = kept.downcast::<FrameView>() {
        return view;
    }
    let view = match kept.downcast_ref::<Frame>() {
        Some(frame) => frame_view::view(frame),
        None => frame_view::remnant(entry.func.get(), entry.word),
    };
    // A finished frame stands where the exception left it; one that had not started, before its first instruction.
    view.word.set(entry.word.wrapping_add(1));
    entry.frame.set(view.value().clone());
    view
}

fn last_instruction(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(int::from_i64(match this(ctx, &args[0])?.word {
        NOT_STARTED => -1,
        word => i64::from(word) * 2,
    }))
}

fn line(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(int::from_i64(i64::from(this(ctx, &args[0])?.line())))
}
