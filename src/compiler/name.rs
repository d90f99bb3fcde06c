//! Loading, storing and deleting names; entering and leaving units; building closures.

use std::rc::Rc;

use coil_grammar::ast::ExprContext;
use coil_grammar::error::SyntaxErrorKind;
use coil_grammar::span::Span;

use crate::code::{CodeObject, Const, Op};

use super::errors::error;
use super::symtable::{Resolution, ScopeId, ScopeKind};
use super::unit::{Unit, UnitKind};
use super::{CompileResult, Compiler};

impl Compiler<'_> {
    /// Refuses to bind or delete `__debug__`.
    pub(super) fn check_name(&self, name: &str, ctx: ExprContext, span: Span) -> CompileResult<()> {
        match ctx {
            ExprContext::Store if name == "__debug__" => Err(error(SyntaxErrorKind::AssignDebug, span)),
            ExprContext::Del if name == "__debug__" => Err(error(SyntaxErrorKind::DeleteDebug, span)),
            ExprContext::Store | ExprContext::Del | ExprContext::Load => Ok(()),
        }
    }

    /// Binds a name to the value on top.
    pub(super) fn store_name(&mut self, name: &Rc<str>, span: Span) -> CompileResult<()> {
        self.name(name, ExprContext::Store, span)
    }

    /// Loads, stores or deletes a name by the instruction that its resolution asks for.
    pub(super) fn name(&mut self, name: &Rc<str>, ctx: ExprContext, span: Span) -> CompileResult<()> {
        self.check_name(name, ctx, span)?;
        let mangled = self.mangle(name);
        let scope = self.scope();
        let (kind, sees_class) = (scope.kind, scope.can_see_class_scope);
        let resolution = scope.symbol(&mangled).resolution;
        let function_like = kind.is_function_like();
        let inlined = self.unit.inlined_comprehensions > 0;
        match resolution {
            Some(Resolution::Free | Resolution::Cell) => {
                let variable = match resolution {
                    Some(Resolution::Free) => self.unit.free(&mangled),
                    _ => None,
                };
                let variable = variable.unwrap_or_else(|| self.unit.local(&mangled));
                let op = match ctx {
                    ExprContext::Load if kind == ScopeKind::Class && !inlined => {
                        self.emit(Op::LoadLocals, span);
                        Op::LoadFromDictOrDeref
                    }
                    ExprContext::Load if sees_class => {
                        self.load_class_dict(span);
                        Op::LoadFromDictOrDeref
                    }
                    ExprContext::Load => Op::LoadDeref,
                    ExprContext::Store => Op::StoreDeref,
                    ExprContext::Del => Op::DeleteDeref,
                };
                self.emit_arg(op, variable, span);
            }
            Some(Resolution::Local) if function_like || self.unit.fast_hidden.contains(&mangled) => {
                let variable = self.unit.local(&mangled);
                let op = match ctx {
                    ExprContext::Load => Op::LoadFast,
                    ExprContext::Store => Op::StoreFast,
                    ExprContext::Del => Op::DeleteFast,
                };
                self.emit_arg(op, variable, span);
            }
            Some(Resolution::GlobalExplicit | Resolution::GlobalImplicit)
                if function_like || resolution == Some(Resolution::GlobalExplicit) =>
            {
                let op = match ctx {
                    ExprContext::Load if sees_class && resolution == Some(Resolution::GlobalImplicit) => {
                        self.load_class_dict(span);
                        Op::LoadFromDictOrGlobals
                    }
                    ExprContext::Load => Op::LoadGlobal,
                    ExprContext::Store => Op::StoreGlobal,
                    ExprContext::Del => Op::DeleteGlobal,
                };
                let id = self.unit.name_id(&mangled);
                self.emit_arg(op, id, span);
            }
            Some(Resolution::Local | Resolution::GlobalExplicit | Resolution::GlobalImplicit) | None => {
                let op = match ctx {
                    ExprContext::Load if kind == ScopeKind::Class && inlined => Op::LoadGlobal,
                    ExprContext::Load => Op::LoadName,
                    ExprContext::Store => Op::StoreName,
                    ExprContext::Del => Op::DeleteName,
                };
                let id = self.unit.name_id(&mangled);
                self.emit_arg(op, id, span);
            }
        }
        Ok(())
    }

    /// Pushes the namespace of the class around an annotation scope.
    fn load_class_dict(&mut self, span: Span) {
        let name: Rc<str> = Rc::from("__classdict__");
        let variable = self.unit.free(&name).unwrap_or_else(|| self.unit.local(&name));
        self.emit_arg(Op::LoadDeref, variable, span);
    }

    /// Starts a new unit inside the current one.
    pub(super) fn enter_unit(&mut self, scope: ScopeId, kind: UnitKind, name: &Rc<str>, first: Span) {
        let qualname = self.qualified_name(kind, name);
        let mut unit = Unit::new(scope, kind, Rc::clone(name), qualname, first);
        unit.class = self.unit.class.clone();
        unit.declare_variables(self.symbols.scope(scope));
        let around = std::mem::replace(&mut self.unit, unit);
        self.outer.push(around);
    }

    /// Finishes the current unit and goes back to the one around it.
    pub(super) fn exit_unit(&mut self) -> CompileResult<Rc<CodeObject>> {
        let code = self.assemble_unit()?;
        if let Some(around) = self.outer.pop() {
            self.unit = around;
        }
        Ok(code)
    }

    /// `co_qualname` of a unit inside the current one (PEP 3155).
    fn qualified_name(&self, kind: UnitKind, name: &Rc<str>) -> Rc<str> {
        // Type parameters are no place of their own: what is in them belongs to what is around them.
        let parent = match self.unit.kind {
            UnitKind::TypeParameters if self.outer.len() > 1 => self.outer.last(),
            UnitKind::TypeParameters => return Rc::clone(name),
            _ => Some(&self.unit),
        };
        let Some(parent) = parent.filter(|_| !self.outer.is_empty()) else { return Rc::clone(name) };
        if parent.kind == UnitKind::Module {
            return Rc::clone(name);
        }
        if matches!(kind, UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Class) {
            let mangled = self.symbols.scope(parent.scope).mangle(parent.class.as_deref(), name);
            let symbol = self.symbols.scope(parent.scope).symbol(&mangled);
            if symbol.resolution == Some(Resolution::GlobalExplicit) {
                return Rc::clone(name);
            }
        }
        match parent.kind {
            UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Lambda => {
                Rc::from(format!("{}.<locals>.{name}", parent.qualname))
            }
            UnitKind::Module | UnitKind::Class | UnitKind::Comprehension | UnitKind::TypeParameters => {
                Rc::from(format!("{}.{name}", parent.qualname))
            }
        }
    }

    /// Makes a function of finished code; `shape` tells what lies on the stack for it (see `Op::MakeFunction`).
    pub(super) fn make_closure(&mut self, code: Rc<CodeObject>, shape: u32, span: Span) {
        let mut shape = shape;
        let count = code.free_count();
        if count > 0 {
            for name in &code.slots[code.slots.len() - count..] {
                let variable = self.closure_variable(name);
                self.emit_arg(Op::LoadClosure, variable, span);
            }
            self.emit_arg(Op::BuildTuple, count as u32, span);
            shape |= 8;
        }
        self.load_const(Const::Code(code), span);
        self.emit_arg(Op::MakeFunction, shape, span);
    }

    /// The variable of the current unit that holds the cell of a name that is free in an inner unit.
    fn closure_variable(&mut self, name: &Rc<str>) -> u32 {
        let is_class = self.unit.kind == UnitKind::Class;
        if is_class && matches!(&**name, "__class__" | "__classdict__") {
            return self.unit.local(name);
        }
        let cell = self.scope().symbol(name).resolution == Some(Resolution::Cell);
        match self.unit.free(name) {
            Some(free) if !cell => free,
            free => match self.unit.has_cell(name) {
                Some(cell) => cell,
                None => free.unwrap_or_else(|| self.unit.local(name)),
            },
        }
    }
}
