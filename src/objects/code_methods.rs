//! Methods and attributes of code objects.
//!
//! An instruction word counts as two bytes, as an instruction of CPython's does, so that `co_code`, `co_lines()`,
//! `f_lasti` and `tb_lasti` fit each other. Source: "Code objects" of the Language Reference; PEP 626 and 657.

use std::rc::Rc;

use super::arguments::{bad_self, positional, text_of};
use super::bytes::new_bytes;
use super::code::{Code, new_code};
use super::ctx::Ctx;
use super::heap::Obj;
use super::list::new_list;
use super::native::PyResult;
use super::protocol;
use super::string::{Str, new_str};
use super::tuple::Tuple;
use super::value::Value;
use super::{int, tuple};
use crate::code::{CodeObject, SlotKind, flags};
use crate::text::hashing;

crate::natives! { pub(crate) static METHODS:
    /// Return repr(self).
    method "__repr__(self, /)" => repr;
    /// Return hash(self).
    method "__hash__(self, /)" => hash;
    /// Return self==value.
    method "__eq__(self, value, /)" => eq;
    /// member
    getter "co_name(self)" => name;
    /// member
    getter "co_qualname(self)" => qualname;
    /// member
    getter "co_filename(self)" => filename;
    /// member
    getter "co_firstlineno(self)" => first_line;
    /// member
    getter "co_argcount(self)" => arg_count;
    /// member
    getter "co_posonlyargcount(self)" => posonly_count;
    /// member
    getter "co_kwonlyargcount(self)" => kwonly_count;
    /// member
    getter "co_stacksize(self)" => stack_size;
    /// member
    getter "co_flags(self)" => code_flags;
    /// member
    getter "co_names(self)" => names;
    getter "co_nlocals(self)" => local_count;
    getter "co_varnames(self)" => variable_names;
    getter "co_cellvars(self)" => cell_names;
    getter "co_freevars(self)" => free_names;
    /// member
    getter "co_consts(self)" => consts;
    getter "co_code(self)" => bytecode;
    /// member
    getter "co_linetable(self)" => no_bytes;
    /// member
    getter "co_exceptiontable(self)" => no_bytes;
    getter "co_lnotab(self)" => no_bytes;
    method "co_lines(self, /)" => lines;
    method "co_positions(self, /)" => positions;
    /// Return a copy of the code object with new values for the specified fields.
    method "replace(self, /, *args, **changes)" => replace;
    /// The same as replace().
    method "__replace__(self, /, *args, **changes)" => replace;
}

fn this<'a>(ctx: &mut Ctx, args: &'a [Value]) -> PyResult<&'a Obj<Code>> {
    match args[0].downcast_ref::<Code>() {
        Some(code) => Ok(code),
        None => Err(bad_self(ctx, &args[0], "code")),
    }
}

fn repr(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let code = this(ctx, args)?;
    let (name, file, line) = (&code.object.name, &code.object.filename, code.object.first_line);
    Ok(ctx.str(format!("<code object {name} at {:#x}, file \"{file}\", line {line}>", args[0].id())))
}

fn hash(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let code = this(ctx, args)?;
    let mut state = hashing::Tuple::new();
    state.add(hashing::string(&code.object.name));
    for number in [code.object.first_line, code.object.arg_count, code.flags] {
        state.add(i64::from(number));
    }
    code.object.instructions.iter().for_each(|word| state.add(i64::from(*word)));
    Ok(int::from_i64(state.finish()))
}

fn eq(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let code = this(ctx, args)?;
    let Some(other) = args[1].downcast_ref::<Code>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let (a, b) = (&code.object, &other.object);
    let same = a.name == b.name
        && code.flags == other.flags
        && a.arg_count == b.arg_count
        && a.posonly_arg_count == b.posonly_arg_count
        && a.kwonly_arg_count == b.kwonly_arg_count
        && a.first_line == b.first_line
        && a.instructions == b.instructions
        && a.names == b.names
        && a.slots == b.slots
        && a.positions.runs().eq(b.positions.runs())
        && code.consts.len() == other.consts.len();
    if !same {
        return Ok(Value::FALSE);
    }
    for (x, y) in code.consts.iter().zip(&other.consts) {
        if !protocol::with_class(ctx, x, |class| protocol::with_class(ctx, y, |other| std::ptr::eq(class, other))) {
            return Ok(Value::FALSE);
        }
        if !protocol::equal(ctx, x, y)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}

fn name(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(new_str(&*this(ctx, args)?.object.name).into_value())
}

fn qualname(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(new_str(&*this(ctx, args)?.object.qualname).into_value())
}

fn filename(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(new_str(&*this(ctx, args)?.object.filename).into_value())
}

fn number(number: u32) -> PyResult {
    Ok(int::from_i64(i64::from(number)))
}

fn first_line(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    number(this(ctx, args)?.object.first_line)
}

fn arg_count(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    number(this(ctx, args)?.object.arg_count)
}

fn posonly_count(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    number(this(ctx, args)?.object.posonly_arg_count)
}

fn kwonly_count(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    number(this(ctx, args)?.object.kwonly_arg_count)
}

fn stack_size(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    number(this(ctx, args)?.object.stack_size)
}

/// Flags that programs do not see: later versions of CPython have them, or Coil only.
const OWN_FLAGS: u32 = flags::HIDDEN | flags::HAS_DOCSTRING | flags::METHOD;

/// Flags that say what the slots hold and how a frame of the code begins and ends: the instructions rely on them.
const LAYOUT_FLAGS: u32 = flags::OPTIMIZED
    | flags::VARARGS
    | flags::VARKEYWORDS
    | flags::GENERATOR
    | flags::COROUTINE
    | flags::ASYNC_GENERATOR;

fn code_flags(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    number(this(ctx, args)?.flags & !OWN_FLAGS)
}

fn text_tuple<'a>(texts: impl IntoIterator<Item = &'a Rc<str>>) -> Value {
    let items: Vec<Value> = texts.into_iter().map(|text| super::string::intern(text)).collect();
    tuple::new_tuple(items).into_value()
}

fn names(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(text_tuple(&this(ctx, args)?.object.names))
}

/// Names of the slots for which `keep` holds, given its index and kind.
fn slot_names(object: &CodeObject, keep: impl Fn(usize, SlotKind) -> bool) -> Vec<&Rc<str>> {
    let slots = object.slots.iter().zip(&object.slot_kinds).enumerate();
    slots.filter(|(index, (_, kind))| keep(*index, **kind)).map(|(_, (name, _))| name).collect()
}

fn variables(object: &CodeObject) -> Vec<&Rc<str>> {
    let parameters = object.parameter_count();
    slot_names(object, |index, kind| is_variable(index, kind, parameters))
}

/// Whether a slot is that of a variable, in the sense of `co_varnames`.
fn is_variable(index: usize, kind: SlotKind, parameters: usize) -> bool {
    match kind {
        SlotKind::Local => true,
        // A parameter that inner functions use is a variable and a cell.
        SlotKind::Cell => index < parameters,
        SlotKind::Free | SlotKind::Hidden => false,
    }
}

fn local_count(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(int::from_usize(variables(&this(ctx, args)?.object).len()))
}

fn variable_names(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(text_tuple(variables(&this(ctx, args)?.object)))
}

fn cell_names(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(text_tuple(slot_names(&this(ctx, args)?.object, |_, kind| kind == SlotKind::Cell)))
}

fn free_names(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(text_tuple(slot_names(&this(ctx, args)?.object, |_, kind| kind == SlotKind::Free)))
}

fn consts(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    Ok(tuple::new_tuple(this(ctx, args)?.consts.to_vec()).into_value())
}

fn bytecode(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let words = &this(ctx, args)?.object.instructions;
    let bytes = words.iter().flat_map(|word| [*word as u8, (*word >> 8) as u8]).collect();
    Ok(new_bytes(bytes).into_value())
}

fn no_bytes(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    this(ctx, args)?;
    Ok(new_bytes(Vec::new()).into_value())
}

fn line_value(line: u32) -> Value {
    if line == 0 { Value::NONE } else { int::from_i64(i64::from(line)) }
}

fn lines(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let object = this(ctx, args)?.object.clone();
    let end = object.instructions.len() as u32;
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for (start, position) in object.positions.runs() {
        if ranges.last().is_none_or(|(_, line)| *line != position.line) {
            ranges.push((start, position.line));
        }
    }
    let mut items = Vec::new();
    for (index, (start, line)) in ranges.iter().enumerate() {
        let stop = ranges.get(index + 1).map_or(end, |(next, _)| *next);
        let bounds = [*start, stop].map(|word| int::from_i64(i64::from(word) * 2));
        let [from, to] = bounds;
        items.push(tuple::new_tuple([from, to, line_value(*line)]).into_value());
    }
    let list = new_list(items).into_value();
    protocol::iter(ctx, &list)
}

fn positions(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let object = this(ctx, args)?.object.clone();
    let items = (0..object.instructions.len() as u32).map(|word| {
        let position = object.positions.find(word);
        let parts = if position.line == 0 {
            [Value::NONE, Value::NONE, Value::NONE, Value::NONE]
        } else {
            [position.line, position.end_line, position.column, position.end_column]
                .map(|part| int::from_i64(i64::from(part)))
        };
        tuple::new_tuple(parts).into_value()
    });
    let list = new_list(items.collect()).into_value();
    protocol::iter(ctx, &list)
}

fn text_change(ctx: &mut Ctx, field: &str, value: &Value) -> PyResult<Rc<str>> {
    match value.downcast_ref::<Str>() {
        Some(text) => Ok(Rc::from(text.as_str())),
        None => {
            let got = protocol::class_name(ctx, value);
            Err(ctx.type_error(format!("replace() argument '{field}' must be str, not {got}")))
        }
    }
}

/// Other names for the variables, one for each: the instructions know them by number.
fn rename_variables(ctx: &mut Ctx, code: &mut CodeObject, value: &Value) -> PyResult<()> {
    let Some(names) = value.downcast_ref::<Tuple>() else {
        let got = protocol::class_name(ctx, value);
        return Err(ctx.type_error(format!("replace() argument 'co_varnames' must be tuple, not {got}")));
    };
    let parameters = code.parameter_count();
    let variables: Vec<usize> =
        (0..code.slots.len()).filter(|&index| is_variable(index, code.slot_kinds[index], parameters)).collect();
    if variables.len() != names.items().len() {
        return Err(ctx.value_error("code: co_varnames is too small"));
    }
    for (index, name) in variables.into_iter().zip(names.items()) {
        let Some(name) = name.downcast_ref::<Str>() else {
            let class = ctx.exceptions.SystemError.clone();
            return Err(ctx.raise(&class, "non-string found in code slot"));
        };
        code.slots[index] = Rc::from(name.as_str());
    }
    Ok(())
}

fn number_change(ctx: &mut Ctx, value: &Value) -> PyResult<u32> {
    let number = protocol::convert::as_i32(ctx, value)?;
    match u32::try_from(number) {
        Ok(number) => Ok(number),
        Err(_) => Err(ctx.value_error("code: integer fields must be positive")),
    }
}

fn replace(ctx: &mut Ctx, args: &[Value]) -> PyResult {
    let code = this(ctx, args)?;
    if !positional(&args[1]).is_empty() {
        return Err(ctx.type_error("replace() takes 0 positional arguments"));
    }
    let own = &code.object;
    let mut new = CodeObject {
        deferred: None,
        name: own.name.clone(),
        qualname: own.qualname.clone(),
        filename: own.filename.clone(),
        flags: code.flags,
        arg_count: own.arg_count,
        posonly_arg_count: own.posonly_arg_count,
        kwonly_arg_count: own.kwonly_arg_count,
        first_line: own.first_line,
        stack_size: own.stack_size,
        names: own.names.clone(),
        slots: own.slots.clone(),
        slot_kinds: own.slot_kinds.clone(),
        consts: own.consts.clone(),
        instructions: own.instructions.clone(),
        exceptions: own.exceptions.clone(),
        positions: own.positions.clone(),
    };
    for (field, value) in super::arguments::keywords(&args[2]) {
        let field = text_of(&field);
        match field.as_str() {
            "co_name" => new.name = text_change(ctx, &field, &value)?,
            "co_qualname" => new.qualname = text_change(ctx, &field, &value)?,
            "co_filename" => new.filename = text_change(ctx, &field, &value)?,
            "co_flags" => {
                new.flags = number_change(ctx, &value)? & !OWN_FLAGS | code.flags & OWN_FLAGS;
                let change = (new.flags ^ code.flags) & LAYOUT_FLAGS;
                // A generator and a coroutine are the same but for what may be done with them.
                const SWAPPED: u32 = flags::GENERATOR | flags::COROUTINE;
                let swapped = change == SWAPPED && (new.flags & SWAPPED).count_ones() == 1;
                if change != 0 && !swapped {
                    return Err(ctx.value_error("code: co_flags cannot be replaced"));
                }
            }
            "co_varnames" => rename_variables(ctx, &mut new, &value)?,
            "co_firstlineno" => new.first_line = number_change(ctx, &value)?,
            "co_argcount" | "co_posonlyargcount" | "co_kwonlyargcount" | "co_nlocals" | "co_stacksize" | "co_code"
            | "co_consts" | "co_names" | "co_freevars" | "co_cellvars" | "co_linetable" | "co_exceptiontable" => {
                // The instructions were verified against these; only what they are may be given.
                let name = super::string::intern(&field);
                let current = protocol::get_attr(ctx, &args[0], &name)?;
                if !protocol::equal(ctx, &current, &value)? {
                    return Err(ctx.value_error(format!("code: {field} cannot be replaced")));
                }
            }
            _ => return Err(ctx.type_error(format!("replace() got an unexpected keyword argument '{field}'"))),
        }
    }
    Ok(new_code(&Rc::new(new)).into_value())
}
