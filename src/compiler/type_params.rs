//! Type parameters and `type` statements (PEP 695, PEP 696).
//!
//! Parameters live in a scope of their own around the class or function: a hidden function that is called at once.
//! Bounds, defaults and aliased types are functions too, called when somebody asks for the value.

use std::rc::Rc;

use coil_grammar::ast::{ClassDef, Expr, ExprContext, ExprKind, Keyword, TypeParam, TypeParamKind};
use coil_grammar::error::SyntaxErrorKind;
use coil_grammar::span::Span;

use crate::code::{Intrinsic, Op};

use super::errors::error;
use super::expr::{Display, STACK_USE_GUIDELINE, is_starred};
use super::symtable::{ScopeId, ScopeKey};
use super::unit::UnitKind;
use super::{CompileResult, Compiler};

impl<'a> Compiler<'a> {
    /// Makes the parameters, binds them in the current unit and pushes the tuple of them.
    pub(super) fn type_params(&mut self, params: &[TypeParam]) -> CompileResult<()> {
        let mut seen_default = false;
        for param in params {
            let span = param.span;
            self.load_str(&param.name, span);
            match &param.kind {
                TypeParamKind::TypeVar { bound: Some(bound) } => {
                    let scope = self.symbols.find(ScopeKey::bound(param));
                    self.lazy_value(scope, UnitKind::TypeParameters, &param.name, bound, bound.span)?;
                    let function = if matches!(bound.kind, ExprKind::Tuple { .. }) {
                        Intrinsic::TypeVarWithConstraints
                    } else {
                        Intrinsic::TypeVarWithBound
                    };
                    self.intrinsic2(function, span);
                }
                TypeParamKind::TypeVar { bound: None } => self.intrinsic1(Intrinsic::TypeVar, span),
                TypeParamKind::ParamSpec => self.intrinsic1(Intrinsic::ParamSpec, span),
                TypeParamKind::TypeVarTuple => self.intrinsic1(Intrinsic::TypeVarTuple, span),
            }
            match &param.default_value {
                Some(default) => {
                    seen_default = true;
                    let scope = self.symbols.find(ScopeKey::default(param));
                    self.lazy_value(scope, UnitKind::TypeParameters, &param.name, default, default.span)?;
                    self.intrinsic2(Intrinsic::SetTypeParamDefault, span);
                }
                None if seen_default => {
                    let name = param.name.to_string();
                    return Err(error(SyntaxErrorKind::TypeParameterWithoutDefault { name }, span));
                }
                None => {}
            }
            self.emit_arg(Op::Copy, 1, span);
            self.store_name(&param.name, span)?;
        }
        let span = params.first().map_or(Span::at(0), |param| param.span);
        self.emit_arg(Op::BuildTuple, params.len() as u32, span);
        Ok(())
    }

    /// Pushes a function that computes a bound, default or aliased type.
    fn lazy_value(
        &mut self,
        scope: ScopeId,
        kind: UnitKind,
        name: &Rc<str>,
        value: &Expr,
        span: Span,
    ) -> CompileResult<()> {
        let first = if kind == UnitKind::Function { span } else { value.span };
        self.enter_unit(scope, kind, name, first);
        match &value.kind {
            // The default of a `TypeVarTuple` may be `*tuple`.
            ExprKind::Starred { value: inner, .. } => {
                self.expr(inner)?;
                self.emit_arg(Op::UnpackSequence, 1, value.span);
            }
            _ => self.expr(value)?,
        }
        self.emit(Op::ReturnValue, span);
        let code = self.exit_unit()?;
        self.make_closure(code, 0, span);
        Ok(())
    }

    pub(super) fn type_alias(
        &mut self,
        name: &Expr,
        type_params: &[TypeParam],
        value: &Expr,
        span: Span,
    ) -> CompileResult<()> {
        let ExprKind::Name { id, .. } = &name.kind else { return Ok(()) };
        let generic = !type_params.is_empty();
        if generic {
            let unit_name = Rc::from(format!("<generic parameters of {id}>"));
            let scope = self.symbols.find(ScopeKey::type_params(type_params));
            self.enter_unit(scope, UnitKind::TypeParameters, &unit_name, span);
            self.load_str(id, span);
            self.type_params(type_params)?;
        } else {
            self.load_str(id, span);
            self.load_none(span);
        }
        let scope = self.symbols.find(ScopeKey::type_alias(value));
        self.lazy_value(scope, UnitKind::Function, id, value, span)?;
        self.emit_arg(Op::BuildTuple, 3, span);
        self.intrinsic1(Intrinsic::TypeAlias, span);
        if generic {
            self.emit(Op::ReturnValue, span);
            let code = self.exit_unit()?;
            self.make_closure(code, 0, span);
            self.emit(Op::PushNull, span);
            self.emit_arg(Op::Call, 0, span);
        }
        self.store_name(id, span)
    }

    /// The call of `__build_class__` for a generic class: `Generic[...]` joins the bases as the last one.
    pub(super) fn generic_class_call(&mut self, def: &ClassDef, span: Span) -> CompileResult<()> {
        let generic_base = Rc::from(".generic_base");
        let keywords: &[Keyword] = &def.keywords;
        let plain = def.bases.len() + 1 + keywords.len() * 2 <= STACK_USE_GUIDELINE
            && !def.bases.iter().any(is_starred)
            && keywords.iter().all(|keyword| keyword.arg.is_some());
        if plain {
            def.bases.iter().try_for_each(|base| self.expr(base))?;
            self.name(&generic_base, ExprContext::Load, span)?;
            return self.call(3 + def.bases.len() as u32, &[], keywords, span, span);
        }
        // [build_class empty body name] and then everything through a list.
        self.unpacked(&def.bases, 2, Display::List, span)?;
        self.name(&generic_base, ExprContext::Load, span)?;
        self.emit_arg(Op::ListAppend, 1, span);
        self.intrinsic1(Intrinsic::ListToTuple, span);
        self.call_with_tuple(keywords, span)
    }
}
