//! The disassembler: a code object as text, in the style of CPython's `dis` module.
//!
//! Each line shows the source line where it changes, a label where something jumps, the operation, its argument and
//! what the argument means. The exception table follows the code, nested code objects follow their parent.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::text::{float, repr};

use super::opcode::{ArgKind, BinaryOperator, Comparison, Intrinsic, Op, operator_number};
use super::{CodeObject, Const};

/// The disassembly of a code object and of all those inside it.
#[must_use]
pub fn disassemble(code: &CodeObject) -> String {
    let mut text = String::new();
    write_code(code, &mut text);
    let mut pending: Vec<&CodeObject> = nested(code).collect();
    pending.reverse();
    while let Some(inner) = pending.pop() {
        let _ = writeln!(text, "\nDisassembly of <code object {}, line {}>:", inner.qualname, inner.first_line);
        write_code(inner, &mut text);
        let at = pending.len();
        pending.extend(nested(inner));
        pending[at..].reverse();
    }
    text
}

/// The disassembly of a code object without those inside it.
#[must_use]
pub fn disassemble_alone(code: &CodeObject) -> String {
    let mut text = String::new();
    write_code(code, &mut text);
    text
}

/// An instruction, for those who look at them one by one.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its place.
    pub at: u32,
    /// What it does.
    pub op: Op,
    /// Its argument, when it has one.
    pub arg: Option<u32>,
    /// The argument and what it means, as the disassembly shows them.
    pub meaning: String,
    /// The line it belongs to, 0 for none.
    pub line: u32,
    /// Whether something jumps here.
    pub is_target: bool,
}

/// The instructions of a code object.
#[must_use]
pub fn listing(code: &CodeObject) -> Vec<Listed> {
    let labels = labels(code);
    instructions(code)
        .map(|instruction| Listed {
            at: instruction.at,
            op: instruction.op,
            arg: (instruction.op.arg_kind() != ArgKind::None).then_some(instruction.arg),
            meaning: argument(code, &instruction, &labels),
            line: code.positions.find(instruction.at).line,
            is_target: labels.contains_key(&instruction.at),
        })
        .collect()
}

fn nested(code: &CodeObject) -> impl Iterator<Item = &CodeObject> {
    code.consts.iter().filter_map(|value| match value {
        Const::Code(inner) => Some(&**inner),
        _ => None,
    })
}

/// An instruction as it stands in the words.
struct Instruction {
    at: u32,
    op: Op,
    arg: u32,
    /// The word after it, for the operand forms that use one.
    next: u32,
}

/// The instructions of a code object, caches skipped. A word that is no opcode ends the iteration.
fn instructions(code: &CodeObject) -> impl Iterator<Item = Instruction> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let word = *code.instructions.get(at)?;
        let op = Op::from_u8(word as u8)?;
        let next = code.instructions.get(at + 1).copied().unwrap_or(0);
        let instruction = Instruction { at: at as u32, op, arg: word >> 8, next };
        at += 1 + op.caches();
        Some(instruction)
    })
}

impl Instruction {
    fn target(&self) -> Option<u32> {
        match self.op {
            Op::CompareLocalLocalJump | Op::CompareLocalConstJump | Op::CompareJump | Op::CompareStackConstJump => {
                Some(self.next & 0xff_ffff)
            }
            Op::ForIterStoreFast => Some(self.next),
            _ if self.op.arg_kind() == ArgKind::Jump => Some(self.arg),
            _ => None,
        }
    }
}

/// Numbers for the places that something jumps to or that bound a handler's range.
fn labels(code: &CodeObject) -> BTreeMap<u32, usize> {
    let mut labels: BTreeMap<u32, usize> = BTreeMap::new();
    for instruction in instructions(code) {
        if let Some(target) = instruction.target() {
            labels.insert(target, 0);
        }
    }
    for entry in &code.exceptions {
        for place in [entry.start, entry.end, entry.handler] {
            labels.insert(place, 0);
        }
    }
    for (number, label) in labels.values_mut().enumerate() {
        *label = number + 1;
    }
    labels
}

fn write_code(code: &CodeObject, text: &mut String) {
    let labels = labels(code);
    let mut last_line = None;
    for instruction in instructions(code) {
        let line = code.positions.find(instruction.at).line;
        let shown = match line {
            line if last_line == Some(line) => String::new(),
            0 => "--".to_owned(),
            line => line.to_string(),
        };
        if last_line.is_some() && last_line != Some(line) {
            text.push('\n');
        }
        last_line = Some(line);
        let label = labels.get(&instruction.at).map(|number| format!("L{number}:")).unwrap_or_default();
        let name = instruction.op.screaming_name();
        let argument = argument(code, &instruction, &labels);
        let _ = writeln!(text, "{}", format!("{shown:>4} {label:>6} {name:<24} {argument}").trim_end());
    }
    if !code.exceptions.is_empty() {
        text.push_str("ExceptionTable:\n");
        for entry in &code.exceptions {
            let name = |place: u32| labels.get(&place).map_or_else(|| place.to_string(), |label| format!("L{label}"));
            let lasti = if entry.push_lasti { " lasti" } else { "" };
            let (start, end, handler) = (name(entry.start), name(entry.end), name(entry.handler));
            let _ = writeln!(text, "  {start} to {end} -> {handler} [{}]{lasti}", entry.depth);
        }
    }
}

/// The argument of an instruction and, in parentheses, what it means.
fn argument(code: &CodeObject, instruction: &Instruction, labels: &BTreeMap<u32, usize>) -> String {
    let Instruction { op, arg, next, .. } = *instruction;
    let (a, b) = (arg & 0xff, arg >> 8);
    let slot = |index: u32| code.slots.get(index as usize).map_or("?", |name| name);
    let name = |index: u32| code.names.get(index as usize).map_or("?", |name| name);
    let constant = |index: u32| code.consts.get(index as usize).map_or_else(|| "?".to_owned(), const_repr);
    let operator = |number: u32| BinaryOperator::from_u32(number).map_or("?", BinaryOperator::text);
    let label = |target: u32| labels.get(&target).map_or_else(|| target.to_string(), |number| format!("L{number}"));
    let comparison = || {
        let symbol = Comparison::from_u32(next >> 24 & 7).map_or("?", Comparison::text);
        let when = if next >> 27 & 1 == 1 { "if" } else { "unless" };
        format!("{symbol}, {when}, to {}", label(next & 0xff_ffff))
    };
    match op {
        Op::BinaryLocalLocal | Op::InplaceLocalLocal => {
            return format!("{a}, {b} ({} {} {})", slot(a), operator(operator_number(next)), slot(b));
        }
        Op::BinaryLocalConst | Op::InplaceLocalConst => {
            return format!("{a}, {b} ({} {} {})", slot(a), operator(operator_number(next)), constant(b));
        }
        Op::BinaryStackLocal => return format!("{b} ({} {})", operator(operator_number(next)), slot(b)),
        Op::BinaryStackConst => return format!("{b} ({} {})", operator(operator_number(next)), constant(b)),
        Op::SubscrStackConst => return format!("{b} ({})", constant(b)),
        Op::CompareLocalLocalJump => return format!("{a}, {b} ({}, {}, {})", slot(a), slot(b), comparison()),
        Op::CompareLocalConstJump => return format!("{a}, {b} ({}, {}, {})", slot(a), constant(b), comparison()),
        Op::CompareStackConstJump => return format!("{b} ({}, {})", constant(b), comparison()),
        Op::CompareJump => return format!("({})", comparison()),
        Op::ForIterStoreFast => return format!("{arg} ({}, to {})", slot(arg), label(next)),
        _ => {}
    }
    match op.arg_kind() {
        ArgKind::None => String::new(),
        ArgKind::Number => arg.to_string(),
        ArgKind::Const => format!("{arg} ({})", constant(arg)),
        ArgKind::Name => format!("{arg} ({})", name(arg)),
        ArgKind::Local | ArgKind::Deref => format!("{arg} ({})", slot(arg)),
        ArgKind::Jump => format!("{arg} (to {})", label(arg)),
        ArgKind::Comparison => format!("{arg} ({})", Comparison::from_u32(arg).map_or("?", Comparison::text)),
        ArgKind::Binary => format!("{arg} ({})", operator(arg)),
        ArgKind::TwoLocals => format!("{a}, {b} ({}, {})", slot(a), slot(b)),
        ArgKind::LocalConst => format!("{a}, {b} ({}, {})", slot(a), constant(b)),
        ArgKind::LocalName => format!("{a}, {b} ({}, {})", slot(a), name(b)),
        ArgKind::Intrinsic => format!("{arg} ({})", Intrinsic::from_u32(arg).map_or("?", Intrinsic::text)),
    }
}

/// `repr()` of a constant.
#[must_use]
pub fn const_repr(value: &Const) -> String {
    match value {
        Const::None => "None".to_owned(),
        Const::True => "True".to_owned(),
        Const::False => "False".to_owned(),
        Const::Ellipsis => "Ellipsis".to_owned(),
        Const::Int(value) => value.to_string(),
        Const::BigInt(value) => value.to_string(),
        Const::Float(value) => float::repr(*value),
        Const::Complex(re, im) => complex_repr(*re, *im),
        Const::Str(text) => repr::string(text),
        Const::Bytes(bytes) => repr::bytes(bytes),
        Const::Tuple(items) => match &items[..] {
            [only] => format!("({},)", const_repr(only)),
            _ => format!("({})", list(items)),
        },
        Const::FrozenSet(items) => format!("frozenset({{{}}})", list(items)),
        Const::Code(code) => format!("<code object {}, line {}>", code.name, code.first_line),
    }
}

fn list(items: &[Const]) -> String {
    items.iter().map(const_repr).collect::<Vec<_>>().join(", ")
}

fn complex_repr(re: f64, im: f64) -> String {
    let part = |x: f64| {
        let text = float::repr(x);
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    };
    if re == 0.0 && re.is_sign_positive() {
        return format!("{}j", part(im));
    }
    let sign = if im.is_sign_negative() { "" } else { "+" };
    format!("({}{sign}{}j)", part(re), part(im))
}
