//! Syntax tree to bytecode.
//!
//! Four steps, each in files of its own:
//!
//! 1. `future` and `symtable`: which names are local, global, cells or free in every block.
//! 2. Code generation, by theme: `expr`, `call`, `stmt`, `function`, `class`, `type_params`, `comprehension`, `unwind` (`try`,
//!    `with`), `suspend` (`yield`, `await`), `pattern` (`match`). It walks the tree once and appends instructions of
//!    the intermediate form (`ir`) to the current `unit::Unit`, one unit per code object. Constant expressions are
//!    evaluated on the way (`fold`), and doubtful code is noted as a warning (`lint`).
//! 3. `flow`: the instructions as a graph of basic blocks: jump threading, removal of dead code, exception handlers,
//!    stack depths.
//! 4. `operand_forms` fuses frequent sequences, and `assemble` lays out words, exception table and position table.
//!
//! The shapes of the code (handlers, duplicated `finally` bodies, positions of instructions) are those of CPython 3.13's
//! compiler, so that tracebacks show the lines and ranges that CPython shows.

mod assemble;
mod call;
mod class;
mod comprehension;
mod docstring;
mod errors;
mod expr;
mod flow;
mod fold;
mod fold_format;
mod function;
mod future;
mod ir;
mod lint;
mod name;
mod operand_forms;
mod pattern;
mod stmt;
mod suspend;
mod symtable;
mod type_params;
mod unbound;
mod unit;
mod unparse;
mod unwind;

use std::rc::Rc;

use coil_grammar::ast;
use coil_grammar::error::{SyntaxError, SyntaxErrorKind};
use coil_grammar::span::{LineIndex, Span};
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use crate::code::{CodeObject, Const, Intrinsic, Op, flags};

pub use future::Features;

use future::FutureStatements;
use ir::{Label, NO_SPAN};
use symtable::{Root, Scope, SymbolTable};
use unit::{Unit, UnitKind};

/// What the compiler raises.
pub type CompileError = SyntaxError;

/// The result of a step of the compiler.
type CompileResult<T> = Result<T, CompileError>;

/// How to compile.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Features inherited from the code that calls `compile()`, `exec()` or `eval()`, or from earlier statements at the
    /// prompt; nothing with `dont_inherit`.
    pub inherited: Features,
    /// 0 keeps everything; 1 (`-O`) drops `assert` and makes `__debug__` false; 2 (`-OO`) drops docstrings too.
    pub optimize: u8,
    /// Allow `await`, `async for` and `async with` at module level: the code object is then a coroutine's
    /// (`PyCF_ALLOW_TOP_LEVEL_AWAIT`).
    pub top_level_await: bool,
    /// The code is part of Coil itself; its frames stay out of tracebacks.
    pub hidden: bool,
}

/// What is compiled from one source.
#[derive(Debug)]
pub struct Compiled {
    /// The code of the module, statement or expression.
    pub code: Rc<CodeObject>,
    /// `SyntaxWarning`s in source order.
    pub warnings: Vec<Warning>,
    /// The features in force, to be inherited by the next statement at the prompt.
    pub features: Features,
}

/// A `SyntaxWarning`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Warning {
    /// CPython's wording.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// Compiles a module: `compile(source, filename, "exec")`.
///
/// # Errors
/// The first syntax error that the parser could not see.
pub fn compile_module(
    module: &ast::Module,
    lines: &LineIndex,
    filename: &str,
    options: &Options,
) -> CompileResult<Compiled> {
    compile_statements(&module.body, false, lines, filename, options)
}

/// Compiles one interactive statement, whose expression statements print their values: `"single"` mode.
///
/// # Errors
/// The first syntax error that the parser could not see.
pub fn compile_interactive(
    statement: &ast::Interactive,
    lines: &LineIndex,
    filename: &str,
    options: &Options,
) -> CompileResult<Compiled> {
    compile_statements(&statement.body, true, lines, filename, options)
}

/// Compiles a lone expression, whose value the code returns: `"eval"` mode.
///
/// # Errors
/// The first syntax error that the parser could not see.
pub fn compile_expression(
    expression: &ast::Expression,
    lines: &LineIndex,
    filename: &str,
    options: &Options,
) -> CompileResult<Compiled> {
    let root = Root::Expression(&expression.body);
    let start = FutureStatements { features: options.inherited, last: None };
    let mut compiler = Compiler::new(root, lines, filename, options, start, false)?;
    compiler.expr(&expression.body)?;
    compiler.unit.emit(Op::ReturnValue, 0, NO_SPAN);
    compiler.finish()
}

/// Compiles a definition of a library on its own: what was `deferred` when its module was compiled.
///
/// # Errors
/// The first syntax error in it.
pub fn compile_definition(
    definition: ast::Module,
    deferred: &CodeObject,
    lines: &LineIndex,
    options: &Options,
) -> CompileResult<Rc<CodeObject>> {
    let mut body = definition.body;
    let classes = deferred.deferred.as_ref().map_or(&[][..], |deferred| &deferred.classes);
    // Names are mangled and qualified by the classes around it.
    for class in classes.iter().rev() {
        let span = body.first().map_or(NO_SPAN, |first| first.span);
        let class = ast::ClassDef {
            name: Rc::clone(class),
            bases: Vec::new(),
            keywords: Vec::new(),
            body,
            decorator_list: Vec::new(),
            type_params: Vec::new(),
        };
        body = vec![ast::Stmt { kind: ast::StmtKind::ClassDef(Box::new(class)), span }];
    }
    let compiled = compile_statements(&body, false, lines, &deferred.filename, options)?;
    let mut code = compiled.code;
    for name in classes.iter().chain([&deferred.name]) {
        // The last one: decorators and defaults come before it.
        let inner = code.consts.iter().rev().find_map(|constant| match constant {
            Const::Code(inner) if inner.name == *name => Some(Rc::clone(inner)),
            _ => None,
        });
        code = inner.ok_or_else(|| errors::error(SyntaxErrorKind::InvalidSyntax, NO_SPAN))?;
    }
    Ok(code)
}

fn compile_statements(
    body: &[ast::Stmt],
    interactive: bool,
    lines: &LineIndex,
    filename: &str,
    options: &Options,
) -> CompileResult<Compiled> {
    let mut start = FutureStatements::read(body)?;
    start.features.annotations |= options.inherited.annotations;
    let mut compiler = Compiler::new(Root::Statements(body), lines, filename, options, start, interactive)?;
    if interactive {
        compiler.statements(body)?;
    } else {
        compiler.body(body, body.first().map_or(NO_SPAN, |first| first.span))?;
    }
    compiler.return_none();
    compiler.finish()
}

/// The state of a compilation.
struct Compiler<'a> {
    lines: &'a LineIndex,
    filename: Rc<str>,
    options: &'a Options,
    future: FutureStatements,
    symbols: SymbolTable,
    /// The unit that instructions go to.
    unit: Unit<'a>,
    /// The units around it, innermost last.
    outer: Vec<Unit<'a>>,
    warnings: IndexSet<Warning, FxBuildHasher>,
    interactive: bool,
    /// How deeply the visits are nested on the machine stack.
    depth: u32,
}

impl<'a> Compiler<'a> {
    fn new(
        root: Root<'_>,
        lines: &'a LineIndex,
        filename: &str,
        options: &'a Options,
        future: FutureStatements,
        interactive: bool,
    ) -> CompileResult<Self> {
        let symbols = SymbolTable::new(root, future.features, options.top_level_await)?;
        let name: Rc<str> = Rc::from("<module>");
        let mut unit = Unit::new(SymbolTable::ROOT, UnitKind::Module, Rc::clone(&name), name, Span::at(0));
        unit.declare_variables(symbols.scope(SymbolTable::ROOT));
        Ok(Compiler {
            lines,
            filename: Rc::from(filename),
            options,
            future,
            symbols,
            unit,
            outer: Vec::new(),
            warnings: IndexSet::default(),
            interactive,
            depth: 0,
        })
    }

    fn finish(mut self) -> CompileResult<Compiled> {
        let code = self.assemble_unit()?;
        Ok(Compiled { code, warnings: self.warnings.into_iter().collect(), features: self.future.features })
    }

    /// The block of the symbol table that the current unit is compiled from.
    fn scope(&self) -> &Scope {
        self.symbols.scope(self.unit.scope)
    }

    fn deeper(&mut self) -> CompileResult<()> {
        self.depth += 1;
        if self.depth > errors::MAX_NESTING { Err(errors::too_deep()) } else { Ok(()) }
    }

    // Short forms for what the generator does all the time.

    fn emit(&mut self, op: Op, span: Span) {
        self.unit.emit(op, 0, span);
    }

    fn emit_arg(&mut self, op: Op, arg: u32, span: Span) {
        self.unit.emit(op, arg, span);
    }

    fn emit_jump(&mut self, op: Op, target: Label, span: Span) {
        self.unit.emit_jump(op, target, span);
    }

    fn new_label(&mut self) -> Label {
        self.unit.new_label()
    }

    fn use_label(&mut self, label: Label) {
        self.unit.use_label(label);
    }

    fn load_const(&mut self, value: Const, span: Span) {
        let id = self.unit.const_id(value);
        self.unit.emit(Op::LoadConst, id, span);
    }

    fn load_str(&mut self, text: &Rc<str>, span: Span) {
        self.load_const(Const::Str(Rc::clone(text)), span);
    }

    fn load_none(&mut self, span: Span) {
        self.load_const(Const::None, span);
    }

    fn return_none(&mut self) {
        self.load_none(NO_SPAN);
        self.emit(Op::ReturnValue, NO_SPAN);
    }

    /// An instruction with a name, which is mangled in a class.
    fn emit_name(&mut self, op: Op, name: &Rc<str>, span: Span) {
        let mangled = self.mangle(name);
        let id = self.unit.name_id(&mangled);
        self.unit.emit(op, id, span);
    }

    fn intrinsic1(&mut self, function: Intrinsic, span: Span) {
        self.unit.emit(Op::CallIntrinsic1, function as u32, span);
    }

    fn intrinsic2(&mut self, function: Intrinsic, span: Span) {
        self.unit.emit(Op::CallIntrinsic2, function as u32, span);
    }

    fn mangle(&self, name: &Rc<str>) -> Rc<str> {
        if !name.starts_with("__") {
            return Rc::clone(name);
        }
        self.scope().mangle(self.unit.class.as_deref(), name)
    }

    /// Bits of `co_flags` that hold for every code object of this compilation.
    fn common_flags(&self) -> u32 {
        let mut bits = 0;
        if self.future.features.annotations {
            bits |= flags::FUTURE_ANNOTATIONS;
        }
        if self.options.hidden {
            bits |= flags::HIDDEN;
        }
        bits
    }
}
