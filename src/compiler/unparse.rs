//! Expressions back to text: for annotations under `from __future__ import annotations` (PEP 563).
//!
//! Parentheses are written where the precedence of operators asks for them, not where the source had them.

use coil_grammar::ast::{
    Arg, Arguments, BoolOp, CmpOp, Comprehension, Constant, Conversion, Expr, ExprKind, Keyword, Operator, UnaryOp,
};

use crate::code::dis::const_repr;
use crate::text::repr;

use super::CompileResult;
use super::errors::{MAX_NESTING, too_deep};
use super::fold;

/// The text of an annotation.
///
/// # Errors
/// The expression is nested too deeply.
pub(super) fn unparse(expr: &Expr) -> CompileResult<String> {
    let mut unparser = Unparser { text: String::new(), depth: 0 };
    unparser.expr(expr, Level::Test)?;
    Ok(unparser.text)
}

/// How tightly an expression binds, loosest first (Language Reference 6.17).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    NamedExpr,
    Tuple,
    Test,
    Or,
    And,
    Not,
    Comparison,
    Bor,
    Bxor,
    Band,
    Shift,
    Arithmetic,
    Term,
    Factor,
    Power,
    Await,
    Atom,
}

impl Level {
    const ALL: [Level; 17] = [
        Level::NamedExpr,
        Level::Tuple,
        Level::Test,
        Level::Or,
        Level::And,
        Level::Not,
        Level::Comparison,
        Level::Bor,
        Level::Bxor,
        Level::Band,
        Level::Shift,
        Level::Arithmetic,
        Level::Term,
        Level::Factor,
        Level::Power,
        Level::Await,
        Level::Atom,
    ];

    fn tighter(self) -> Level {
        Self::ALL.get(self as usize + 1).copied().unwrap_or(Level::Atom)
    }
}

struct Unparser {
    text: String,
    depth: u32,
}

impl Unparser {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn push_if(&mut self, condition: bool, text: &str) {
        if condition {
            self.push(text);
        }
    }

    fn expr(&mut self, expr: &Expr, level: Level) -> CompileResult<()> {
        self.depth += 1;
        if self.depth > MAX_NESTING {
            return Err(too_deep());
        }
        self.kind(&expr.kind, level)?;
        self.depth -= 1;
        Ok(())
    }

    /// Expressions with commas between them.
    fn list(&mut self, exprs: &[Expr], level: Level) -> CompileResult<()> {
        for (index, expr) in exprs.iter().enumerate() {
            self.push_if(index > 0, ", ");
            self.expr(expr, level)?;
        }
        Ok(())
    }

    fn kind(&mut self, kind: &ExprKind, level: Level) -> CompileResult<()> {
        match kind {
            ExprKind::BoolOp { op, values } => {
                let (own, word) = match op {
                    BoolOp::And => (Level::And, " and "),
                    BoolOp::Or => (Level::Or, " or "),
                };
                self.push_if(level > own, "(");
                for (index, value) in values.iter().enumerate() {
                    self.push_if(index > 0, word);
                    self.expr(value, own.tighter())?;
                }
                self.push_if(level > own, ")");
            }
            ExprKind::NamedExpr { target, value } => {
                self.push_if(level > Level::NamedExpr, "(");
                self.expr(target, Level::Atom)?;
                self.push(" := ");
                self.expr(value, Level::Atom)?;
                self.push_if(level > Level::NamedExpr, ")");
            }
            ExprKind::BinOp { left, op, right } => {
                let (own, word) = operator(*op);
                let to_right = *op == Operator::Pow;
                self.push_if(level > own, "(");
                self.expr(left, if to_right { own.tighter() } else { own })?;
                self.push(word);
                self.expr(right, if to_right { own } else { own.tighter() })?;
                self.push_if(level > own, ")");
            }
            ExprKind::UnaryOp { op, operand } => {
                let (own, word) = match op {
                    UnaryOp::Invert => (Level::Factor, "~"),
                    UnaryOp::Not => (Level::Not, "not "),
                    UnaryOp::UAdd => (Level::Factor, "+"),
                    UnaryOp::USub => (Level::Factor, "-"),
                };
                self.push_if(level > own, "(");
                self.push(word);
                self.expr(operand, own)?;
                self.push_if(level > own, ")");
            }
            ExprKind::Lambda { args, body } => {
                self.push_if(level > Level::Test, "(");
                self.push(if args.args.is_empty() && args.posonlyargs.is_empty() { "lambda" } else { "lambda " });
                self.parameters(args)?;
                self.push(": ");
                self.expr(body, Level::Test)?;
                self.push_if(level > Level::Test, ")");
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.push_if(level > Level::Test, "(");
                self.expr(body, Level::Or)?;
                self.push(" if ");
                self.expr(test, Level::Or)?;
                self.push(" else ");
                self.expr(orelse, Level::Test)?;
                self.push_if(level > Level::Test, ")");
            }
            ExprKind::Dict { keys, values } => {
                self.push("{");
                for (index, (key, value)) in keys.iter().zip(values).enumerate() {
                    self.push_if(index > 0, ", ");
                    match key {
                        Some(key) => {
                            self.expr(key, Level::Test)?;
                            self.push(": ");
                            self.expr(value, Level::Test)?;
                        }
                        None => {
                            self.push("**");
                            self.expr(value, Level::Bor)?;
                        }
                    }
                }
                self.push("}");
            }
            ExprKind::Set { elts } => {
                self.push("{");
                self.list(elts, Level::Test)?;
                self.push("}");
            }
            ExprKind::ListComp { elt, generators } => self.comprehension("[", elt, None, generators, "]")?,
            ExprKind::SetComp { elt, generators } => self.comprehension("{", elt, None, generators, "}")?,
            ExprKind::DictComp { key, value, generators } => {
                self.comprehension("{", key, Some(value), generators, "}")?;
            }
            ExprKind::GeneratorExp { elt, generators } => self.comprehension("(", elt, None, generators, ")")?,
            ExprKind::Await { value } => {
                self.push_if(level > Level::Await, "(");
                self.push("await ");
                self.expr(value, Level::Atom)?;
                self.push_if(level > Level::Await, ")");
            }
            ExprKind::Yield { value: None } => self.push("(yield)"),
            ExprKind::Yield { value: Some(value) } => {
                self.push("(yield ");
                self.expr(value, Level::Test)?;
                self.push(")");
            }
            ExprKind::YieldFrom { value } => {
                self.push("(yield from ");
                self.expr(value, Level::Test)?;
                self.push(")");
            }
            ExprKind::Compare { left, ops, comparators } => {
                self.push_if(level > Level::Comparison, "(");
                self.expr(left, Level::Bor)?;
                for (op, comparator) in ops.iter().zip(comparators) {
                    self.push(comparison(*op));
                    self.expr(comparator, Level::Bor)?;
                }
                self.push_if(level > Level::Comparison, ")");
            }
            ExprKind::Call { func, args, keywords } => self.call(func, args, keywords)?,
            ExprKind::FormattedValue { .. } | ExprKind::JoinedStr { .. } => {
                let mut body = Unparser { text: String::new(), depth: self.depth };
                body.format_parts(kind)?;
                self.push("f");
                self.push(&repr::string(&body.text));
            }
            ExprKind::Constant { value, u_prefix } => {
                self.push_if(*u_prefix, "u");
                self.constant(value);
            }
            ExprKind::Attribute { value, attr, .. } => {
                self.expr(value, Level::Atom)?;
                let is_int =
                    matches!(&value.kind, ExprKind::Constant { value: Constant::Int(_) | Constant::BigInt(_), .. });
                self.push(if is_int { " ." } else { "." });
                self.push(attr);
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value, Level::Atom)?;
                self.push("[");
                self.expr(slice, Level::Tuple)?;
                self.push("]");
            }
            ExprKind::Starred { value, .. } => {
                self.push("*");
                self.expr(value, Level::Bor)?;
            }
            ExprKind::Name { id, .. } => self.push(id),
            ExprKind::List { elts, .. } => {
                self.push("[");
                self.list(elts, Level::Test)?;
                self.push("]");
            }
            ExprKind::Tuple { elts, .. } if elts.is_empty() => self.push("()"),
            ExprKind::Tuple { elts, .. } => {
                self.push_if(level > Level::Tuple, "(");
                self.list(elts, Level::Test)?;
                self.push_if(elts.len() == 1, ",");
                self.push_if(level > Level::Tuple, ")");
            }
            ExprKind::Slice { lower, upper, step } => {
                if let Some(lower) = lower {
                    self.expr(lower, Level::Test)?;
                }
                self.push(":");
                if let Some(upper) = upper {
                    self.expr(upper, Level::Test)?;
                }
                if let Some(step) = step {
                    self.push(":");
                    self.expr(step, Level::Test)?;
                }
            }
        }
        Ok(())
    }

    fn constant(&mut self, value: &Constant) {
        match value {
            Constant::Ellipsis => self.push("..."),
            // There is no literal for infinity, but a number that is too large will do.
            Constant::Float(_) | Constant::Complex(_) => {
                let text = const_repr(&fold::literal(value)).replace("inf", "1e309");
                self.push(&text);
            }
            Constant::None
            | Constant::True
            | Constant::False
            | Constant::Str(_)
            | Constant::Bytes(_)
            | Constant::Int(_)
            | Constant::BigInt(_) => {
                let text = const_repr(&fold::literal(value));
                self.push(&text);
            }
        }
    }

    fn call(&mut self, func: &Expr, args: &[Expr], keywords: &[Keyword]) -> CompileResult<()> {
        self.expr(func, Level::Atom)?;
        if let ([only], []) = (args, keywords)
            && matches!(only.kind, ExprKind::GeneratorExp { .. })
        {
            return self.expr(only, Level::Test);
        }
        self.push("(");
        self.list(args, Level::Test)?;
        for (index, keyword) in keywords.iter().enumerate() {
            self.push_if(index > 0 || !args.is_empty(), ", ");
            match &keyword.arg {
                Some(name) => {
                    self.push(name);
                    self.push("=");
                }
                None => self.push("**"),
            }
            self.expr(&keyword.value, Level::Test)?;
        }
        self.push(")");
        Ok(())
    }

    fn comprehension(
        &mut self,
        open: &str,
        elt: &Expr,
        value: Option<&Expr>,
        generators: &[Comprehension],
        close: &str,
    ) -> CompileResult<()> {
        self.push(open);
        self.expr(elt, Level::Test)?;
        if let Some(value) = value {
            self.push(": ");
            self.expr(value, Level::Test)?;
        }
        for clause in generators {
            self.push(if clause.is_async { " async for " } else { " for " });
            self.expr(&clause.target, Level::Tuple)?;
            self.push(" in ");
            self.expr(&clause.iter, Level::Or)?;
            for test in &clause.ifs {
                self.push(" if ");
                self.expr(test, Level::Or)?;
            }
        }
        self.push(close);
        Ok(())
    }

    fn parameters(&mut self, args: &Arguments) -> CompileResult<()> {
        let mut first = true;
        let positional = args.posonlyargs.len() + args.args.len();
        for (index, arg) in args.posonlyargs.iter().chain(&args.args).enumerate() {
            self.separate(&mut first);
            self.parameter(arg)?;
            let default = (index + args.defaults.len()).checked_sub(positional).and_then(|at| args.defaults.get(at));
            self.default(default)?;
            self.push_if(index + 1 == args.posonlyargs.len(), ", /");
        }
        if args.vararg.is_some() || !args.kwonlyargs.is_empty() {
            self.separate(&mut first);
            self.push("*");
            if let Some(arg) = &args.vararg {
                self.parameter(arg)?;
            }
        }
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            self.separate(&mut first);
            self.parameter(arg)?;
            self.default(default.as_ref())?;
        }
        if let Some(arg) = &args.kwarg {
            self.separate(&mut first);
            self.push("**");
            self.parameter(arg)?;
        }
        Ok(())
    }

    fn separate(&mut self, first: &mut bool) {
        self.push_if(!*first, ", ");
        *first = false;
    }

    fn parameter(&mut self, arg: &Arg) -> CompileResult<()> {
        self.push(&arg.arg);
        if let Some(annotation) = &arg.annotation {
            self.push(": ");
            self.expr(annotation, Level::Test)?;
        }
        Ok(())
    }

    fn default(&mut self, default: Option<&Expr>) -> CompileResult<()> {
        if let Some(default) = default {
            self.push("=");
            self.expr(default, Level::Test)?;
        }
        Ok(())
    }

    /// The inside of an f-string, before quotes and escapes are added.
    fn format_parts(&mut self, kind: &ExprKind) -> CompileResult<()> {
        match kind {
            ExprKind::JoinedStr { values } => values.iter().try_for_each(|value| self.format_parts(&value.kind)),
            ExprKind::Constant { value: Constant::Str(text), .. } => {
                self.push(&text.replace('{', "{{").replace('}', "}}"));
                Ok(())
            }
            ExprKind::FormattedValue { value, conversion, format_spec } => {
                let mut inner = Unparser { text: String::new(), depth: self.depth };
                inner.expr(value, Level::Or)?;
                self.push("{");
                self.push_if(inner.text.starts_with('{'), " ");
                self.push(&inner.text);
                match conversion {
                    Conversion::None => {}
                    Conversion::Str => self.push("!s"),
                    Conversion::Repr => self.push("!r"),
                    Conversion::Ascii => self.push("!a"),
                }
                if let Some(spec) = format_spec {
                    self.push(":");
                    self.format_parts(&spec.kind)?;
                }
                self.push("}");
                Ok(())
            }
            other => self.kind(other, Level::Test),
        }
    }
}

fn operator(op: Operator) -> (Level, &'static str) {
    match op {
        Operator::Add => (Level::Arithmetic, " + "),
        Operator::Sub => (Level::Arithmetic, " - "),
        Operator::Mult => (Level::Term, " * "),
        Operator::MatMult => (Level::Term, " @ "),
        Operator::Div => (Level::Term, " / "),
        Operator::Mod => (Level::Term, " % "),
        Operator::FloorDiv => (Level::Term, " // "),
        Operator::LShift => (Level::Shift, " << "),
        Operator::RShift => (Level::Shift, " >> "),
        Operator::BitOr => (Level::Bor, " | "),
        Operator::BitXor => (Level::Bxor, " ^ "),
        Operator::BitAnd => (Level::Band, " & "),
        Operator::Pow => (Level::Power, " ** "),
    }
}

fn comparison(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => " == ",
        CmpOp::NotEq => " != ",
        CmpOp::Lt => " < ",
        CmpOp::LtE => " <= ",
        CmpOp::Gt => " > ",
        CmpOp::GtE => " >= ",
        CmpOp::Is => " is ",
        CmpOp::IsNot => " is not ",
        CmpOp::In => " in ",
        CmpOp::NotIn => " not in ",
    }
}
