//! `def`, `async def` and `lambda` (Language Reference 8.7).

use std::rc::Rc;

use coil_grammar::ast::{Arg, Arguments, Expr, ExprContext, FunctionDef};
use coil_grammar::span::Span;

use crate::code::{CodeObject, Const, Deferred, Intrinsic, Op};

use super::future::docstring;
use super::ir::NO_SPAN;
use super::symtable::ScopeKey;
use super::unit::UnitKind;
use super::{CompileResult, Compiler};

/// Bits of `Op::MakeFunction`'s argument.
mod shape {
    pub(super) const DEFAULTS: u32 = 1;
    pub(super) const KWDEFAULTS: u32 = 2;
    pub(super) const ANNOTATIONS: u32 = 4;
}

impl<'a> Compiler<'a> {
    pub(super) fn function_def(&mut self, def: &'a FunctionDef, is_async: bool, span: Span) -> CompileResult<()> {
        self.decorators(&def.decorator_list)?;
        let first = def.decorator_list.first().map_or(span, |decorator| decorator.span);
        let mut shape = self.defaults(&def.args, span)?;
        let generic = !def.type_params.is_empty();
        let passed = (shape & (shape::DEFAULTS | shape::KWDEFAULTS)).count_ones();
        if generic {
            let name = Rc::from(format!("<generic parameters of {}>", def.name));
            let scope = self.symbols.find(ScopeKey::type_params(&def.type_params));
            self.enter_unit(scope, UnitKind::TypeParameters, &name, first);
            self.unit.arg_count = passed;
            self.type_params(&def.type_params)?;
            for parameter in 0..passed {
                self.emit_arg(Op::LoadFast, parameter, span);
            }
        }
        if self.annotations(&def.args, def.returns.as_deref(), span)? {
            shape |= shape::ANNOTATIONS;
        }
        let code = self.function_body(def, is_async, first)?;
        self.make_closure(code, shape, span);
        if generic {
            self.emit_arg(Op::Swap, 2, span);
            self.intrinsic2(Intrinsic::SetFunctionTypeParams, span);
            self.emit(Op::ReturnValue, span);
            let code = self.exit_unit()?;
            self.make_closure(code, 0, span);
            self.call_below(passed, span);
        }
        self.apply_decorators(&def.decorator_list);
        self.store_name(&def.name, span)
    }

    /// Calls the function on top with the `count` values that lie below it.
    fn call_below(&mut self, count: u32, span: Span) {
        if count > 0 {
            self.emit_arg(Op::Swap, count + 1, span);
        }
        if count == 2 {
            // The first swap exchanged function and first argument: [d k f] became [f k d].
            self.emit_arg(Op::Swap, 2, span);
        }
        self.emit(Op::PushNull, span);
        match count {
            0 => {}
            1 => self.emit_arg(Op::Swap, 2, span),
            // [f d k null] -> [f null k d] -> [f null d k]
            _ => {
                self.emit_arg(Op::Swap, 3, span);
                self.emit_arg(Op::Swap, 2, span);
            }
        }
        self.emit_arg(Op::Call, count, span);
    }

    pub(super) fn decorators(&mut self, decorators: &[Expr]) -> CompileResult<()> {
        for decorator in decorators {
            self.expr(decorator)?;
            self.emit(Op::PushNull, decorator.span);
        }
        Ok(())
    }

    pub(super) fn apply_decorators(&mut self, decorators: &[Expr]) {
        for decorator in decorators.iter().rev() {
            self.emit_arg(Op::Call, 1, decorator.span);
        }
    }

    /// Pushes the defaults and tells `MakeFunction` so.
    fn defaults(&mut self, args: &Arguments, span: Span) -> CompileResult<u32> {
        let mut shape = 0;
        if !args.defaults.is_empty() {
            shape |= shape::DEFAULTS;
            match self.constants(&args.defaults) {
                Some(values) => self.load_const(Const::Tuple(values), span),
                None => {
                    args.defaults.iter().try_for_each(|value| self.expr(value))?;
                    self.emit_arg(Op::BuildTuple, args.defaults.len() as u32, span);
                }
            }
        }
        let mut count = 0;
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            let Some(default) = default else { continue };
            let name = self.mangle(&arg.arg);
            self.load_str(&name, span);
            self.expr(default)?;
            count += 1;
        }
        if count > 0 {
            shape |= shape::KWDEFAULTS;
            self.emit_arg(Op::BuildMap, count, span);
        }
        Ok(shape)
    }

    /// Pushes the tuple of annotations, name and value in turn; false when there are none.
    fn annotations(&mut self, args: &Arguments, returns: Option<&Expr>, span: Span) -> CompileResult<bool> {
        let mut count = 0;
        for arg in args.args.iter().chain(&args.posonlyargs) {
            self.parameter_annotation(arg, None, &mut count)?;
        }
        if let Some(arg) = &args.vararg {
            self.parameter_annotation(arg, Some(span), &mut count)?;
        }
        for arg in &args.kwonlyargs {
            self.parameter_annotation(arg, None, &mut count)?;
        }
        if let Some(arg) = &args.kwarg {
            self.parameter_annotation(arg, None, &mut count)?;
        }
        if let Some(returns) = returns {
            self.load_str(&Rc::from("return"), returns.span);
            self.annotation(returns)?;
            count += 2;
        }
        if count > 0 {
            self.emit_arg(Op::BuildTuple, count, span);
        }
        Ok(count > 0)
    }

    /// Pushes name and annotation of a parameter; for `*args` the place of the function is given.
    fn parameter_annotation(&mut self, arg: &Arg, vararg: Option<Span>, count: &mut u32) -> CompileResult<()> {
        let Some(annotation) = &arg.annotation else { return Ok(()) };
        let name = self.mangle(&arg.arg);
        self.load_str(&name, arg.span);
        match &annotation.kind {
            // `*args: *Ts`: the annotation is the one item that the unpacking gives.
            coil_grammar::ast::ExprKind::Starred { value, .. }
                if vararg.is_some() && !self.future.features.annotations =>
            {
                self.expr(value)?;
                self.emit_arg(Op::UnpackSequence, 1, vararg.unwrap_or(annotation.span));
            }
            _ => self.annotation(annotation)?,
        }
        *count += 2;
        Ok(())
    }

    fn parameters(&mut self, args: &Arguments) -> CompileResult<()> {
        let named = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs);
        for arg in named.chain(args.vararg.as_deref()).chain(args.kwarg.as_deref()) {
            self.check_name(&arg.arg, ExprContext::Store, arg.span)?;
        }
        self.unit.arg_count = (args.posonlyargs.len() + args.args.len()) as u32;
        self.unit.posonly_arg_count = args.posonlyargs.len() as u32;
        self.unit.kwonly_arg_count = args.kwonlyargs.len() as u32;
        Ok(())
    }

    fn function_body(&mut self, def: &'a FunctionDef, is_async: bool, first: Span) -> CompileResult<Rc<CodeObject>> {
        let scope = self.symbols.find(ScopeKey::function(def));
        let kind = if is_async { UnitKind::AsyncFunction } else { UnitKind::Function };
        self.enter_unit(scope, kind, &def.name, first);
        self.parameters(&def.args)?;
        let mut rest = &def.body[..];
        if let [head, others @ ..] = rest
            && let Some((text, _)) = docstring(head)
        {
            rest = others;
            if self.options.optimize < 2 {
                self.unit.const_id(Const::Str(super::docstring::clean(text)));
                self.unit.has_docstring = true;
            }
        }
        self.statements(rest)?;
        self.return_none();
        self.exit_unit()
    }

    /// The rest of the body of the current function is compiled later.
    pub(super) fn defer(&mut self, span: Span) {
        let line = self.lines.line(self.unit.first.start);
        self.unit.deferred = Some(Span::new(self.lines.line_start(line), span.end));
    }

    /// How the current unit is found again when it is to be compiled.
    pub(super) fn deferred(&self) -> Option<Box<Deferred>> {
        let span = self.unit.deferred?;
        let classes = self.outer.iter().skip(1).map(|unit| Rc::clone(&unit.name)).collect();
        Some(Box::new(Deferred { span, classes }))
    }

    pub(super) fn lambda(&mut self, args: &Arguments, body: &Expr, span: Span) -> CompileResult<()> {
        let shape = self.defaults(args, span)?;
        let scope = self.symbols.find(ScopeKey::lambda(args));
        self.enter_unit(scope, UnitKind::Lambda, &Rc::from("<lambda>"), span);
        self.parameters(args)?;
        self.expr(body)?;
        let place = if self.scope().generator { NO_SPAN } else { body.span };
        self.emit(Op::ReturnValue, place);
        let code = self.exit_unit()?;
        self.make_closure(code, shape, span);
        Ok(())
    }
}
