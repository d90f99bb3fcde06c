//! Calls: functions, methods, `super()`, starred and keyword arguments (Language Reference 6.3.4).

use std::rc::Rc;

use coil_grammar::ast::{Expr, ExprContext, ExprKind, Keyword};
use coil_grammar::error::SyntaxErrorKind;
use coil_grammar::span::Span;

use rustc_hash::FxHashMap;

use crate::code::{Const, Op};

use super::errors::error;
use super::expr::{Display, STACK_USE_GUIDELINE, is_starred};
use super::ir::NO_SPAN;
use super::symtable::{Resolution, ScopeKind};
use super::unit::UnitKind;
use super::{CompileResult, Compiler};

impl Compiler<'_> {
    /// Whether a call can take its function with `LoadMethod`: `object.name(...)` with few plain arguments.
    pub(super) fn is_method_call(&self, call: &Expr) -> bool {
        let ExprKind::Call { func, args, keywords } = &call.kind else { return false };
        if !matches!(func.kind, ExprKind::Attribute { ctx: ExprContext::Load, .. }) {
            return false;
        }
        args.len() + keywords.len() + usize::from(!keywords.is_empty()) < STACK_USE_GUIDELINE
            && !args.iter().any(is_starred)
            && keywords.iter().all(|keyword| keyword.arg.is_some())
    }

    /// The rest of a call whose method and self are on the stack.
    pub(super) fn method_call(
        &mut self,
        func: &Expr,
        args: &[Expr],
        keywords: &[Keyword],
        span: Span,
    ) -> CompileResult<()> {
        self.check_keywords(keywords)?;
        let end = match &func.kind {
            // The call of a method on a later line points there, not at the start of the chain.
            ExprKind::Attribute { attr, .. } if self.lines.line(func.span.start) != self.lines.line(func.span.end) => {
                let start = func.span.end.saturating_sub(attr.len() as u32).max(func.span.start);
                Span { start, end: span.end }
            }
            _ => span,
        };
        self.call(0, args, keywords, span, end)
    }

    /// Pushes arguments and calls; `pushed` arguments lie on the stack already. The instructions that gather arguments
    /// stand at `span`, the call itself at `call_span`.
    pub(super) fn call(
        &mut self,
        pushed: u32,
        args: &[Expr],
        keywords: &[Keyword],
        span: Span,
        call_span: Span,
    ) -> CompileResult<()> {
        self.check_keywords(keywords)?;
        let spread = args.len() + keywords.len() * 2 > STACK_USE_GUIDELINE
            || args.iter().any(is_starred)
            || keywords.iter().any(|keyword| keyword.arg.is_none());
        if spread {
            return self.call_spread(pushed, args, keywords, span);
        }
        args.iter().try_for_each(|arg| self.expr(arg))?;
        let count = pushed + (args.len() + keywords.len()) as u32;
        if keywords.is_empty() {
            self.emit_arg(Op::Call, count, call_span);
            return Ok(());
        }
        let mut names = Vec::with_capacity(keywords.len());
        for keyword in keywords {
            self.expr(&keyword.value)?;
            names.extend(keyword.arg.as_ref().map(|name| Const::Str(self.mangle(name))));
        }
        self.load_const(Const::Tuple(names), call_span);
        self.emit_arg(Op::CallKw, count, call_span);
        Ok(())
    }

    /// A call with `*args`, `**kwargs` or very many arguments: they are gathered in a tuple and a dict.
    fn call_spread(&mut self, pushed: u32, args: &[Expr], keywords: &[Keyword], span: Span) -> CompileResult<()> {
        match args {
            [Expr { kind: ExprKind::Starred { value, .. }, .. }] if pushed == 0 => self.expr(value)?,
            _ => self.unpacked(args, pushed, Display::Tuple, span)?,
        }
        self.call_with_tuple(keywords, span)
    }

    /// The rest of a call whose positional arguments are a tuple on the stack.
    pub(super) fn call_with_tuple(&mut self, keywords: &[Keyword], span: Span) -> CompileResult<()> {
        if !keywords.is_empty() {
            let mut have_dict = false;
            let mut seen = 0;
            for (index, keyword) in keywords.iter().enumerate() {
                if keyword.arg.is_some() {
                    seen += 1;
                    continue;
                }
                if seen > 0 {
                    self.keyword_dict(&keywords[index - seen..index], span)?;
                    if have_dict {
                        self.emit_arg(Op::DictMerge, 1, span);
                    }
                    have_dict = true;
                    seen = 0;
                }
                if !have_dict {
                    self.emit_arg(Op::BuildMap, 0, span);
                    have_dict = true;
                }
                self.expr(&keyword.value)?;
                self.emit_arg(Op::DictMerge, 1, span);
            }
            if seen > 0 {
                self.keyword_dict(&keywords[keywords.len() - seen..], span)?;
                if have_dict {
                    self.emit_arg(Op::DictMerge, 1, span);
                }
            }
        }
        self.emit_arg(Op::CallFunctionEx, u32::from(!keywords.is_empty()), span);
        Ok(())
    }

    fn keyword_dict(&mut self, keywords: &[Keyword], span: Span) -> CompileResult<()> {
        let big = keywords.len() * 2 > STACK_USE_GUIDELINE;
        if big {
            self.emit_arg(Op::BuildMap, 0, span);
        }
        for keyword in keywords {
            if let Some(name) = &keyword.arg {
                let name = self.mangle(name);
                self.load_str(&name, span);
            }
            self.expr(&keyword.value)?;
            if big {
                self.emit_arg(Op::MapAdd, 1, NO_SPAN);
            }
        }
        if !big {
            self.emit_arg(Op::BuildMap, keywords.len() as u32, span);
        }
        Ok(())
    }

    /// Refuses `__debug__` and repeated names among keyword arguments.
    fn check_keywords(&self, keywords: &[Keyword]) -> CompileResult<()> {
        for keyword in keywords {
            if let Some(name) = &keyword.arg {
                self.check_name(name, ExprContext::Store, keyword.span)?;
            }
        }
        // The error is about the first name that comes again, at the place where it does.
        let mut first_places: FxHashMap<&str, usize> = FxHashMap::default();
        let mut repeated: Option<(usize, &Keyword)> = None;
        for (index, keyword) in keywords.iter().enumerate() {
            let Some(name) = &keyword.arg else { continue };
            let first = *first_places.entry(name).or_insert(index);
            if first != index && repeated.is_none_or(|(earliest, _)| first < earliest) {
                repeated = Some((first, keyword));
            }
        }
        match repeated.and_then(|(_, keyword)| Some((keyword.arg.as_ref()?, keyword.span))) {
            Some((name, span)) => Err(error(SyntaxErrorKind::RepeatedKeyword { name: name.to_string() }, span)),
            None => Ok(()),
        }
    }

    /// Whether an expression is `super().name` or `super(type, object).name` with the builtin `super`, as far as the
    /// compiler can tell.
    pub(super) fn is_super_attribute(&self, attribute: &Expr) -> bool {
        let ExprKind::Attribute { value, attr, ctx: ExprContext::Load } = &attribute.kind else { return false };
        let ExprKind::Call { func, args, keywords } = &value.kind else { return false };
        let ExprKind::Name { id, .. } = &func.kind else { return false };
        if &**id != "super" || &**attr == "__class__" || !keywords.is_empty() {
            return false;
        }
        let scope = self.scope();
        if scope.symbol("super").resolution != Some(Resolution::GlobalImplicit)
            || scope.kind != ScopeKind::Function && !scope.kind.is_function_like()
            || self.symbols.scope(super::SymbolTable::ROOT).symbol("super").resolution == Some(Resolution::Local)
        {
            return false;
        }
        match &args[..] {
            [first, second] => !is_starred(first) && !is_starred(second),
            // Without arguments the class is the cell `__class__` and the object the first parameter.
            [] => {
                self.unit.arg_count > 0
                    && scope.symbol("__class__").resolution == Some(Resolution::Free)
                    && self.unit.kind != UnitKind::Comprehension
                    && self.unit.inlined_comprehensions == 0
            }
            _ => false,
        }
    }

    /// `super().name`; when it is called, function and self are pushed.
    pub(super) fn super_attribute(&mut self, attribute: &Expr, called: bool) -> CompileResult<()> {
        let ExprKind::Attribute { value, attr, .. } = &attribute.kind else { return Ok(()) };
        let ExprKind::Call { func, args, .. } = &value.kind else { return Ok(()) };
        let span = value.span;
        self.name(&Rc::from("super"), ExprContext::Load, func.span)?;
        if args.is_empty() {
            self.name(&Rc::from("__class__"), ExprContext::Load, span)?;
            let first = self.unit.variables.first().map(|variable| Rc::clone(&variable.name));
            if let Some(first) = first {
                self.name(&first, ExprContext::Load, span)?;
            }
        } else {
            args.iter().try_for_each(|arg| self.expr(arg))?;
        }
        let span = self.attribute_span(attribute.span, attr);
        self.emit_name(if called { Op::LoadSuperMethod } else { Op::LoadSuperAttr }, attr, span);
        Ok(())
    }
}
