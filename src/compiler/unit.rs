//! One code object under construction: its variables, constants, names, instructions and open blocks.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use coil_grammar::span::Span;
use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::code::{Const, Op};

use super::ir::{Code, Instr, Label};
use super::symtable::{NameSet, Resolution, Scope, ScopeId, usage};
use super::unwind::FrameBlock;

/// What a code object is compiled from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitKind {
    /// A module, an interactive statement or a lone expression.
    Module,
    /// A class body.
    Class,
    /// A `def`.
    Function,
    /// An `async def`.
    AsyncFunction,
    /// A `lambda`.
    Lambda,
    /// A comprehension or generator expression.
    Comprehension,
    /// A scope of type parameters, of a bound or of a type alias's value.
    TypeParameters,
}

/// Number of a variable within its unit; the assembler gives it a slot.
pub(super) type VarId = u32;

/// What a variable's slot will hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VarKind {
    /// A plain value.
    Local,
    /// A cell of this code object.
    Cell,
    /// A cell of an enclosing one.
    Free,
    /// The variable of an inlined comprehension in a class body or module.
    Hidden,
}

/// A variable that has a slot.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    /// Its mangled name.
    pub(super) name: Rc<str>,
    /// What its slot holds.
    pub(super) kind: VarKind,
    /// Whether it is a parameter.
    pub(super) is_parameter: bool,
}

/// A constant as a key: two constants are one when type and value agree, `0.0` and `-0.0` being two.
#[derive(Clone, Debug)]
struct ConstKey(Const);

impl PartialEq for ConstKey {
    fn eq(&self, other: &Self) -> bool {
        same_const(&self.0, &other.0)
    }
}

impl Eq for ConstKey {}

impl Hash for ConstKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_const(&self.0, state);
    }
}

fn same_const(left: &Const, right: &Const) -> bool {
    match (left, right) {
        (Const::None, Const::None)
        | (Const::True, Const::True)
        | (Const::False, Const::False)
        | (Const::Ellipsis, Const::Ellipsis) => true,
        (Const::Int(a), Const::Int(b)) => a == b,
        (Const::BigInt(a), Const::BigInt(b)) => a == b,
        (Const::Float(a), Const::Float(b)) => a.to_bits() == b.to_bits(),
        (Const::Complex(a, b), Const::Complex(c, d)) => a.to_bits() == c.to_bits() && b.to_bits() == d.to_bits(),
        (Const::Str(a), Const::Str(b)) => a == b,
        (Const::Bytes(a), Const::Bytes(b)) => a == b,
        (Const::Tuple(a), Const::Tuple(b)) | (Const::FrozenSet(a), Const::FrozenSet(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_const(a, b))
        }
        // Two functions never share their code.
        _ => false,
    }
}

fn hash_const<H: Hasher>(value: &Const, state: &mut H) {
    std::mem::discriminant(value).hash(state);
    match value {
        Const::None | Const::True | Const::False | Const::Ellipsis => {}
        Const::Int(value) => value.hash(state),
        Const::BigInt(value) => value.hash(state),
        Const::Float(value) => value.to_bits().hash(state),
        Const::Complex(re, im) => {
            re.to_bits().hash(state);
            im.to_bits().hash(state);
        }
        Const::Str(value) => value.hash(state),
        Const::Bytes(value) => value.hash(state),
        Const::Tuple(items) | Const::FrozenSet(items) => items.iter().for_each(|item| hash_const(item, state)),
        Const::Code(code) => Rc::as_ptr(code).hash(state),
    }
}

/// One code object under construction.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    /// The block of the symbol table.
    pub(super) scope: ScopeId,
    /// What it is compiled from.
    pub(super) kind: UnitKind,
    /// `co_name`
    pub(super) name: Rc<str>,
    /// `co_qualname`
    pub(super) qualname: Rc<str>,
    /// The innermost class's name, for mangling.
    pub(super) class: Option<Rc<str>>,
    /// `co_argcount`
    pub(super) arg_count: u32,
    /// `co_posonlyargcount`
    pub(super) posonly_arg_count: u32,
    /// `co_kwonlyargcount`
    pub(super) kwonly_arg_count: u32,
    /// Where the code begins: its first decorator or its `def`. It gives `co_firstlineno`.
    pub(super) first: Span,
    /// Whether the first constant is a docstring.
    pub(super) has_docstring: bool,
    /// Where the definition is, when its body is to be compiled later.
    pub(super) deferred: Option<Span>,
    /// The instructions so far.
    pub(super) code: Vec<Instr>,
    /// For each label the index of the instruction that it stands before.
    pub(super) labels: Vec<u32>,
    /// The constants.
    pub(super) consts: Vec<Const>,
    const_ids: FxHashMap<ConstKey, u32>,
    /// The names.
    pub(super) names: Vec<Rc<str>>,
    name_ids: FxHashMap<Rc<str>, u32>,
    /// The variables, in order of their creation: parameters first.
    pub(super) variables: Vec<Variable>,
    variable_ids: FxHashMap<Rc<str>, VarId>,
    free_ids: FxHashMap<Rc<str>, VarId>,
    /// The loops and `try` and `with` statements around the current place, innermost last.
    pub(super) blocks: Vec<FrameBlock<'a>>,
    /// How many inlined comprehensions are around the current place.
    pub(super) inlined_comprehensions: u32,
    /// Names that are slots for now, though names of the block are not: variables of inlined comprehensions.
    pub(super) fast_hidden: NameSet,
    /// Attributes that methods of this class assign to `self`.
    pub(super) static_attributes: IndexSet<Rc<str>, FxBuildHasher>,
}

impl<'a> Unit<'a> {
    /// A unit without code.
    pub(super) fn new(scope: ScopeId, kind: UnitKind, name: Rc<str>, qualname: Rc<str>, first: Span) -> Self {
        Unit {
            scope,
            kind,
            name,
            qualname,
            class: None,
            arg_count: 0,
            posonly_arg_count: 0,
            kwonly_arg_count: 0,
            first,
            has_docstring: false,
            deferred: None,
            code: Vec::new(),
            labels: Vec::new(),
            consts: Vec::new(),
            const_ids: FxHashMap::default(),
            names: Vec::new(),
            name_ids: FxHashMap::default(),
            variables: Vec::new(),
            variable_ids: FxHashMap::default(),
            free_ids: FxHashMap::default(),
            blocks: Vec::new(),
            inlined_comprehensions: 0,
            fast_hidden: NameSet::default(),
            static_attributes: IndexSet::default(),
        }
    }

    /// Index of a constant.
    pub(super) fn const_id(&mut self, value: Const) -> u32 {
        let next = self.consts.len() as u32;
        let id = *self.const_ids.entry(ConstKey(value.clone())).or_insert(next);
        if id == next {
            self.consts.push(value);
        }
        id
    }

    /// Index of a name.
    pub(super) fn name_id(&mut self, name: &Rc<str>) -> u32 {
        if let Some(id) = self.name_ids.get(name) {
            return *id;
        }
        let id = self.names.len() as u32;
        self.names.push(Rc::clone(name));
        self.name_ids.insert(Rc::clone(name), id);
        id
    }

    /// The local or cell variable of a name; a plain local is made when there is none.
    pub(super) fn local(&mut self, name: &Rc<str>) -> VarId {
        match self.variable_ids.get(name) {
            Some(id) => *id,
            None => self.add_variable(name, VarKind::Local, false),
        }
    }

    /// The free variable of a name, if there is one.
    pub(super) fn free(&self, name: &str) -> Option<VarId> {
        self.free_ids.get(name).copied()
    }

    /// Adds a variable, or changes the kind of the parameter of that name.
    pub(super) fn add_variable(&mut self, name: &Rc<str>, kind: VarKind, is_parameter: bool) -> VarId {
        if kind != VarKind::Free
            && let Some(id) = self.variable_ids.get(name)
        {
            self.variables[*id as usize].kind = kind;
            return *id;
        }
        let id = self.variables.len() as VarId;
        self.variables.push(Variable { name: Rc::clone(name), kind, is_parameter });
        let ids = if kind == VarKind::Free { &mut self.free_ids } else { &mut self.variable_ids };
        ids.insert(Rc::clone(name), id);
        id
    }

    /// A label that stands nowhere yet.
    pub(super) fn new_label(&mut self) -> Label {
        let label = Label(self.labels.len() as u32);
        self.labels.push(u32::MAX);
        label
    }

    /// Puts a label before the next instruction.
    pub(super) fn use_label(&mut self, label: Label) {
        self.labels[label.0 as usize] = self.code.len() as u32;
    }

    /// Appends an instruction.
    pub(super) fn emit(&mut self, op: Op, arg: u32, span: Span) {
        self.code.push(Instr::new(op, arg, span));
    }

    /// The string that the last instruction makes, if it formats a value, is a piece of a `BuildString`.
    pub(super) fn make_piece(&mut self) {
        if let Some(last) = self.code.last_mut().filter(|last| last.is(Op::FormatSimple)) {
            last.code = Code::Op(Op::FormatPiece);
        }
    }

    /// Appends a jump.
    pub(super) fn emit_jump(&mut self, op: Op, target: Label, span: Span) {
        self.code.push(Instr { target, ..Instr::new(op, 0, span) });
    }

    /// Appends a bracket.
    pub(super) fn emit_bracket(&mut self, code: Code, target: Label, span: Span) {
        self.code.push(Instr { code, arg: 0, extra: 0, target, span });
    }
}

impl Unit<'_> {
    /// The cell variable of a name, if there is one.
    pub(super) fn has_cell(&self, name: &str) -> Option<VarId> {
        let id = self.variable_ids.get(name).copied()?;
        (self.variables[id as usize].kind == VarKind::Cell).then_some(id)
    }
}

impl Unit<'_> {
    /// Makes the variables that a block is known to need: parameters, cells, free variables.
    pub(super) fn declare_variables(&mut self, block: &Scope) {
        for parameter in &block.parameters {
            self.add_variable(parameter, VarKind::Local, true);
        }
        // Cells and free variables are numbered in the order of their names, as in CPython: the order of the closure
        // tuple must be the same for the function and for the code that makes it.
        let mut names: Vec<_> = block.symbols.iter().collect();
        names.sort_by_key(|(name, _)| *name);
        for (name, symbol) in &names {
            if symbol.resolution == Some(Resolution::Cell) || symbol.has(usage::COMP_CELL) {
                self.add_variable(name, VarKind::Cell, false);
            }
        }
        if block.needs_class_closure {
            self.add_variable(&Rc::from("__class__"), VarKind::Cell, false);
        }
        if block.needs_class_dict {
            self.add_variable(&Rc::from("__classdict__"), VarKind::Cell, false);
        }
        for (name, symbol) in &names {
            if symbol.resolution == Some(Resolution::Free) || symbol.has(usage::FREE_CLASS) {
                self.add_variable(name, VarKind::Free, false);
            }
        }
    }
}
