//! `class` (Language Reference 8.8).
//!
//! The body is a function without parameters that fills its namespace, which `__build_class__` provides and keeps. Code
//! of a class body returns the `__class__` cell, if a method needs one, for `__build_class__` to fill.

use std::rc::Rc;

use coil_grammar::ast::{ClassDef, ExprContext};
use coil_grammar::span::Span;

use crate::code::{Const, Intrinsic, Op};

use super::ir::NO_SPAN;
use super::symtable::ScopeKey;
use super::unit::UnitKind;
use super::{CompileResult, Compiler};

impl<'a> Compiler<'a> {
    pub(super) fn class_def(&mut self, def: &'a ClassDef, span: Span) -> CompileResult<()> {
        self.decorators(&def.decorator_list)?;
        let first = def.decorator_list.first().map_or(span, |decorator| decorator.span);
        let generic = !def.type_params.is_empty();
        if generic {
            let name = Rc::from(format!("<generic parameters of {}>", def.name));
            let scope = self.symbols.find(ScopeKey::type_params(&def.type_params));
            self.enter_unit(scope, UnitKind::TypeParameters, &name, first);
            self.unit.class = Some(Rc::clone(&def.name));
            self.type_params(&def.type_params)?;
            self.store_name(&Rc::from(".type_params"), span)?;
        }
        self.class_body(def, first, span)?;
        if generic {
            self.name(&Rc::from(".type_params"), ExprContext::Load, span)?;
            self.intrinsic1(Intrinsic::SubscriptGeneric, span);
            self.store_name(&Rc::from(".generic_base"), span)?;
            self.generic_class_call(def, span)?;
            self.emit(Op::ReturnValue, NO_SPAN);
            let code = self.exit_unit()?;
            self.make_closure(code, 0, span);
            self.emit(Op::PushNull, span);
            self.emit_arg(Op::Call, 0, span);
        } else {
            self.call(2, &def.bases, &def.keywords, span, span)?;
        }
        self.apply_decorators(&def.decorator_list);
        self.store_name(&def.name, span)
    }

    /// Compiles the body and pushes `__build_class__`, the empty word, the body's function and the class's name.
    fn class_body(&mut self, def: &'a ClassDef, first: Span, span: Span) -> CompileResult<()> {
        let scope = self.symbols.find(ScopeKey::class(def));
        self.enter_unit(scope, UnitKind::Class, &def.name, first);
        self.unit.class = Some(Rc::clone(&def.name));
        let line = self.lines.line(first.start);
        let start = Span::at(self.lines.line_start(line));
        self.name(&Rc::from("__name__"), ExprContext::Load, start)?;
        self.store_name(&Rc::from("__module__"), start)?;
        let qualname = Rc::clone(&self.unit.qualname);
        self.load_str(&qualname, start);
        self.store_name(&Rc::from("__qualname__"), start)?;
        self.load_const(Const::Int(i64::from(line)), start);
        self.store_name(&Rc::from("__firstlineno__"), start)?;
        if !def.type_params.is_empty() {
            self.name(&Rc::from(".type_params"), ExprContext::Load, start)?;
            self.store_name(&Rc::from("__type_params__"), start)?;
        }
        if self.scope().needs_class_dict {
            self.emit(Op::LoadLocals, start);
            let cell = self.unit.local(&Rc::from("__classdict__"));
            self.emit_arg(Op::StoreDeref, cell, start);
        }
        self.body(&def.body, start)?;
        let attributes = std::mem::take(&mut self.unit.static_attributes);
        self.load_const(Const::Tuple(attributes.into_iter().map(Const::Str).collect()), NO_SPAN);
        self.store_name(&Rc::from("__static_attributes__"), NO_SPAN)?;
        if self.scope().needs_class_dict {
            let cell = self.unit.local(&Rc::from("__classdict__"));
            self.emit_arg(Op::LoadClosure, cell, NO_SPAN);
            self.store_name(&Rc::from("__classdictcell__"), NO_SPAN)?;
        }
        if self.scope().needs_class_closure {
            let cell = self.unit.local(&Rc::from("__class__"));
            self.emit_arg(Op::LoadClosure, cell, NO_SPAN);
            self.emit_arg(Op::Copy, 1, NO_SPAN);
            self.store_name(&Rc::from("__classcell__"), NO_SPAN)?;
        } else {
            self.load_none(NO_SPAN);
        }
        self.emit(Op::ReturnValue, NO_SPAN);
        let code = self.exit_unit()?;
        self.emit(Op::LoadBuildClass, span);
        self.emit(Op::PushNull, span);
        self.make_closure(code, 0, span);
        self.load_str(&def.name, span);
        Ok(())
    }
}
