//! Names that nothing defines: K602, and its two commonest causes, a module that was not imported (T408) or that is
//! misspelt (T407).
//!
//! A name is reported when no scope that its use can see binds it anywhere, in whatever order, and when it is no builtin.
//! Where a program can make names that no text shows (`from m import *`, `exec`, writing to `globals()`), or where it
//! catches NameError, nothing is said at all. Each name is reported once, at its first use.
//!
//! Source: Language Reference 4.2.2, "Resolution of names".

use coil_grammar::ast::{Expr, ExprContext, ExprKind, Stmt, StmtKind};
use coil_grammar::span::Span;
use coil_grammar::token::Token;
use rustc_hash::FxHashSet;

use super::finding::{Edit, Finding};
use super::program::{Bound, Program, ScopeKind, Site};
use super::source::Layout;
use crate::diagnostics::catalog::Code;
use crate::diagnostics::rules::distance;
use crate::diagnostics::suggestions::closest;
use crate::stdlib::LIBRARY_MODULES;

/// What `builtins` holds (a test compares it with what Coil has), and what every module has besides.
const ALWAYS_THERE: &str = "\
ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError \
BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError \
ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup \
False FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError \
ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError \
MemoryError ModuleNotFoundError NameError None NotADirectoryError NotImplemented NotImplementedError OSError \
OverflowError PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError RecursionError \
ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning \
SystemError SystemExit TabError TimeoutError True TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError \
UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError _IncompleteInputError __build_class__ \
__debug__ __doc__ __import__ __loader__ __name__ __package__ __spec__ abs aiter all anext any ascii bin bool \
breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir divmod \
enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int isinstance \
issubclass iter len license list locals map max memoryview min next object oct open ord pow print property quit range \
repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip \
__annotations__ __builtins__ __cached__ __class__ __classdict__ __dict__ __file__ __path__ \
WindowsError _";

/// Names that a class body has, besides those it binds.
const IN_CLASSES: &[&str] = &["__module__", "__qualname__", "__firstlineno__", "__static_attributes__"];

/// Members of the library that excerpts use without their import, and where they are.
const WELL_KNOWN: &[(&str, &str)] = &[
    ("ABC", "abc"),
    ("Counter", "collections"),
    ("OrderedDict", "collections"),
    ("ProcessPoolExecutor", "concurrent.futures"),
    ("ThreadPoolExecutor", "concurrent.futures"),
    ("abstractmethod", "abc"),
    ("as_completed", "concurrent.futures"),
    ("asynccontextmanager", "contextlib"),
    ("contextmanager", "contextlib"),
    ("dataclass", "dataclasses"),
    ("defaultdict", "collections"),
    ("deque", "collections"),
    ("getgeneratorstate", "inspect"),
    ("islice", "itertools"),
    ("lru_cache", "functools"),
    ("namedtuple", "collections"),
    ("partial", "functools"),
    ("wraps", "functools"),
];

/// Reports the names that nothing defines.
pub(super) fn check(
    program: &Program<'_>,
    layout: &Layout<'_>,
    unread: &FxHashSet<String>,
    findings: &mut Vec<Finding>,
) {
    if program.has_star_import || program.is_caught_anywhere("NameError") || makes_names(program) {
        return;
    }
    let known: FxHashSet<&str> = ALWAYS_THERE.split_whitespace().collect();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut missing: Vec<(&Site<'_>, &str)> = Vec::new();
    for site in program.sites() {
        let ExprKind::Name { id, ctx } = &site.expr.kind else { continue };
        if *ctx == ExprContext::Store || !site.is_evaluated || seen.contains(&**id) {
            continue;
        }
        let is_defined = known.contains(&**id)
            || program.bindings(id, site.scope).is_some()
            || unread.contains(&**id)
            || in_class(program, site) && IN_CLASSES.contains(&&**id)
            || program.is_guarded(site, "NameError");
        if !is_defined {
            seen.insert(id);
            missing.push((site, id));
        }
    }
    let modules: FxHashSet<&str> = LIBRARY_MODULES.split_whitespace().collect();
    let unimported: Vec<String> =
        missing.iter().map(|(_, name)| *name).filter(|name| modules.contains(name)).map(str::to_owned).collect();
    for (site, name) in missing {
        let span = site.expr.span;
        let finding = if modules.contains(name) && is_attribute_of(program, site) {
            let module = with_submodule(program, site, name);
            let edits = import(program, layout, &format!("import {module}"));
            Finding::new(Code::T408, span).with("name", module).edits(edits)
        } else if let Some(module) = misspelt_module(program, site, name, &unimported) {
            let mut edits: Vec<Edit> = uses(program, name).map(|span| Edit::replace(span, module.clone())).collect();
            if program.bindings(&module, Program::MODULE).is_none() {
                edits.extend(import(program, layout, &format!("import {module}")));
            }
            let finding = Finding::new(Code::T407, span).with("module", module.clone()).with("name", name).edits(edits);
            match program.own_bindings(Program::MODULE, &module) {
                [binding, ..] => finding.label("imported", program.stmt(binding.stmt).stmt.span),
                [] => finding,
            }
        } else {
            undefined(program, layout, site, name)
        };
        findings.push(finding);
    }
}

/// Packages that do not import the modules in them.
const SUBMODULES: &[&str] = &[
    "concurrent.futures",
    "email.message",
    "email.mime",
    "html.parser",
    "http.client",
    "http.cookies",
    "http.server",
    "importlib.metadata",
    "importlib.resources",
    "importlib.util",
    "logging.config",
    "logging.handlers",
    "multiprocessing.pool",
    "unittest.mock",
    "urllib.error",
    "urllib.parse",
    "urllib.request",
    "xml.dom",
    "xml.etree",
];

/// The module that must be imported for a use like `concurrent.futures.wait`.
fn with_submodule(program: &Program<'_>, site: &Site<'_>, name: &str) -> String {
    let attribute = program.around(site).and_then(|around| match &around.expr.kind {
        ExprKind::Attribute { attr, .. } => Some(format!("{name}.{attr}")),
        _ => None,
    });
    attribute.filter(|module| SUBMODULES.contains(&module.as_str())).unwrap_or_else(|| name.to_owned())
}

/// K602 for one name.
fn undefined(program: &Program<'_>, layout: &Layout<'_>, site: &Site<'_>, name: &str) -> Finding {
    let mut finding = Finding::new(Code::K602, site.expr.span).with("name", name);
    if let Some((_, module)) = WELL_KNOWN.iter().find(|(known, _)| *known == name) {
        return finding.edits(import(program, layout, &format!("from {module} import {name}")));
    }
    if let Some(member) = program.member_of_class(name, site.scope) {
        return finding
            .form("member")
            .label("similar", program.header_span(program.stmt(member.stmt).stmt))
            .with("similar", name);
    }
    let visible = program.visible_names(site.scope);
    if let Some(similar) = closest(name, &visible)
        && let Some([binding, ..]) = program.bindings(&similar, site.scope)
    {
        let stmt = program.stmt(binding.stmt).stmt;
        let place = match binding.what {
            Bound::Function { .. } | Bound::Class { .. } => program.name_span(stmt),
            _ => program.header_span(stmt),
        };
        finding = finding.form("similar").with("similar", similar).label("similar", place);
    }
    finding
}

fn in_class(program: &Program<'_>, site: &Site<'_>) -> bool {
    matches!(program.scope(program.function_scope(site.scope)).kind, ScopeKind::Class(_))
}

/// Whether a name is used as modules are: `name.attribute`.
fn is_attribute_of(program: &Program<'_>, site: &Site<'_>) -> bool {
    program.around(site).is_some_and(|around| matches!(around.expr.kind, ExprKind::Attribute { .. }))
}

/// All uses of an undefined name.
fn uses(program: &Program<'_>, name: &str) -> impl Iterator<Item = Span> {
    program.sites().filter_map(move |site| match &site.expr.kind {
        ExprKind::Name { id, .. } if **id == *name => Some(site.expr.span),
        _ => None,
    })
}

/// The module that a misspelt name means: one that the program uses under its right name, or any of the library.
fn misspelt_module(program: &Program<'_>, site: &Site<'_>, name: &str, unimported: &[String]) -> Option<String> {
    if !is_attribute_of(program, site) || name.len() < 4 {
        return None;
    }
    let mut used: Vec<String> = program.imported_modules();
    used.extend_from_slice(unimported);
    if let Some(module) = closest(name, &used) {
        return Some(module);
    }
    if name.len() < 5 || closest(name, &program.visible_names(site.scope)).is_some() {
        return None;
    }
    let library: Vec<String> =
        LIBRARY_MODULES.split_whitespace().filter(|module| !module.starts_with('_')).map(str::to_owned).collect();
    // Among so many, two letters amiss in a short name mean nothing.
    let most = if name.len() < 7 { 1 } else { 2 };
    closest(name, &library).filter(|module| distance(name, module, most).is_some())
}

/// Whether the program can make names in ways that its text does not show.
fn makes_names(program: &Program<'_>) -> bool {
    program.sites().any(|site| match &site.expr.kind {
        ExprKind::Name { id, .. } => {
            matches!(&**id, "exec" | "execfile" | "globals" | "locals" | "vars" | "__builtins__")
                && program.bindings(id, site.scope).is_none()
                || fills_module(id)
        }
        ExprKind::Attribute { attr, value, ctx } => {
            fills_module(attr)
                || matches!(&**attr, "__dict__" | "f_globals" | "f_locals" | "__globals__" | "__builtins__")
                || *ctx != ExprContext::Load && program.path(value, site.scope).as_deref() == Some("builtins")
        }
        ExprKind::Call { func, args, .. } => {
            matches!(&func.kind, ExprKind::Name { id, .. } if &**id == "setattr")
                && args.first().is_some_and(|first| {
                    let path = program.path(first, site.scope);
                    matches!(path.as_deref(), Some("builtins")) || matches!(first.kind, ExprKind::Subscript { .. })
                })
        }
        _ => false,
    })
}

/// Functions of `enum` that copy the members of an enumeration into its module.
fn fills_module(name: &str) -> bool {
    matches!(name, "global_enum" | "_convert_" | "_simple_enum")
}

/// The edits that add an import at the top of the file.
pub(super) fn import(program: &Program<'_>, layout: &Layout<'_>, statement: &str) -> Vec<Edit> {
    let place = import_place(program, layout);
    let line_end = layout.line_end();
    let mut edits = vec![Edit::insert(place, format!("{statement}{line_end}"))];
    // Blank lines behind the imports, unless there are other imports.
    let next = program.lexemes.get(program.token_at(place)).map(|lexeme| lexeme.token);
    match next {
        Some(Token::Import | Token::From) | None => {}
        Some(Token::Def | Token::Class | Token::Async | Token::At) => {
            edits.push(Edit::insert(place, line_end.repeat(2)))
        }
        Some(_) => edits.push(Edit::insert(place, line_end)),
    }
    edits
}

/// Where imports are added: at the start of the first line that is neither comment, docstring nor future statement.
fn import_place(program: &Program<'_>, layout: &Layout<'_>) -> u32 {
    let mut after = 0;
    for (at, site) in program.stmts().filter(|site| site.parent.is_none()).enumerate() {
        let is_header = match &site.stmt.kind {
            StmtKind::Expr { value } => at == 0 && is_string(value),
            StmtKind::ImportFrom { module, .. } => module.as_deref() == Some("__future__"),
            _ => false,
        };
        if !is_header {
            break;
        }
        after = end_of(site.stmt);
    }
    let next = program.lexemes.iter().find(|lexeme| {
        lexeme.span.start >= after
            && !matches!(lexeme.token, Token::Newline | Token::Semicolon | Token::Comment | Token::LineEnd)
    });
    next.map_or(after, |lexeme| layout.line_start(lexeme.span.start).max(after))
}

fn end_of(stmt: &Stmt) -> u32 {
    stmt.span.end
}

fn is_string(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Constant { value: coil_grammar::ast::Constant::Str(_), .. })
}

impl Program<'_> {
    /// The names that a scope sees, without the builtins.
    pub(super) fn visible_names(&self, from: super::program::ScopeId) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut at = Some(from);
        while let Some(id) = at {
            names.extend(self.names_of(id));
            at = self.scope(id).parent;
        }
        names.retain(|name| self.bindings(name, from).is_some());
        names.sort();
        names.dedup();
        names
    }

    /// The modules that are imported under their own names at the top level.
    pub(super) fn imported_modules(&self) -> Vec<String> {
        let mut names = self.names_of(Self::MODULE);
        names.retain(|name| {
            self.own_bindings(Self::MODULE, name)
                .iter()
                .any(|binding| matches!(binding.what, Bound::Module(path) if path == name))
        });
        names.sort();
        names
    }
}
