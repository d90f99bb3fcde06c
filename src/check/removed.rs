//! What newer Pythons no longer have: the rows of the eras table found in a program, with the modern form.
//!
//! A row is found by its full name, through imports and their aliases. Where the modern form is another name, the edit is
//! made here; where it takes more (`@asyncio.coroutine`, coroutines given to `asyncio.wait`, `get_event_loop()` without a
//! loop), it is made in `modernise`. What is written for several Pythons at once is left alone: a `try` that catches the
//! failure, or a branch that asks for the version.
//!
//! Source: "What's New in Python", the sections "Removed" and "Deprecated" of 3.5 to 3.14.

use coil_grammar::ast::{Alias, ClassDef, Expr, ExprKind, Keyword, Stmt, StmtKind};
use coil_grammar::span::Span;
use coil_grammar::token::Token;

use super::finding::{Edit, Finding};
use super::modernise;
use super::names::import;
use super::program::{Bound, Program, ScopeKind, Site, StmtSite};
use super::source::Layout;
use crate::diagnostics::catalog::Code;
use crate::diagnostics::removals::{Removal, removal};

/// Rows whose modern form is another name.
const RENAMED: &[(&str, &str)] = &[
    ("asyncio.JoinableQueue", "asyncio.Queue"),
    ("asyncio.Task.all_tasks", "asyncio.all_tasks"),
    ("asyncio.Task.current_task", "asyncio.current_task"),
    ("asyncio.async", "asyncio.ensure_future"),
    ("base64.decodestring", "base64.decodebytes"),
    ("base64.encodestring", "base64.encodebytes"),
    ("fractions.gcd", "math.gcd"),
    ("locale.format", "locale.format_string"),
    ("os.errno", "errno"),
    ("time.clock", "time.perf_counter"),
];

/// Names that still exist and will not for long: code, name, modern name, the version that warns first.
const DEPRECATED: &[(Code, &str, &str, u8)] = &[
    (Code::H308, "asyncio.iscoroutinefunction", "inspect.iscoroutinefunction", 14),
    (Code::H306, "threading.activeCount", "threading.active_count", 10),
    (Code::H306, "threading.currentThread", "threading.current_thread", 10),
];

/// Names that will go without a successor of one name.
const DEPRECATED_WITHOUT_NAME: &[&str] = &[
    "asyncio.AbstractEventLoopPolicy",
    "asyncio.DefaultEventLoopPolicy",
    "asyncio.WindowsProactorEventLoopPolicy",
    "asyncio.WindowsSelectorEventLoopPolicy",
    "asyncio.get_event_loop_policy",
    "asyncio.set_event_loop_policy",
];

/// Functions and classes of asyncio that had a parameter `loop` until 3.10.
const HAD_LOOP: &[&str] = &[
    "BoundedSemaphore",
    "Condition",
    "Event",
    "LifoQueue",
    "Lock",
    "PriorityQueue",
    "Queue",
    "Semaphore",
    "as_completed",
    "create_subprocess_exec",
    "create_subprocess_shell",
    "gather",
    "open_connection",
    "open_unix_connection",
    "shield",
    "sleep",
    "start_server",
    "start_unix_server",
    "wait",
    "wait_for",
];

/// Methods of `unittest.TestCase` that have only another name today.
const TEST_METHODS: &[(&str, &str)] = &[
    ("assertAlmostEquals", "assertAlmostEqual"),
    ("assertEquals", "assertEqual"),
    ("assertNotAlmostEquals", "assertNotAlmostEqual"),
    ("assertNotEquals", "assertNotEqual"),
    ("assertNotRegexpMatches", "assertNotRegex"),
    ("assertRaisesRegexp", "assertRaisesRegex"),
    ("assertRegexpMatches", "assertRegex"),
    ("assert_", "assertTrue"),
    ("failIf", "assertFalse"),
    ("failUnless", "assertTrue"),
];

/// Which form of the page's help fits a row, and what it names.
fn today(finding: Finding, text: &str) -> Finding {
    if text.starts_with("nothing") {
        return finding.help("itself");
    }
    if let Some(part) = text.strip_prefix("leave `").and_then(|rest| rest.strip_suffix("` out")) {
        return finding.help("leave_out").with("today", part);
    }
    let parts: Vec<&str> =
        text.split(" or ").flat_map(|part| part.split(", ")).filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> = parts.iter().map(|part| part.trim_start_matches("or ").trim_matches('`')).collect();
    match parts[..] {
        [package] if package.starts_with("the package ") => {
            finding.help("package").with("today", package.trim_start_matches("the package "))
        }
        [package, name] if package.starts_with("the package ") => finding.help("one").with("today", name),
        [first, second] => finding.help("two").with("today", first).with("other", second),
        _ => finding.help("one").with("today", text),
    }
}

/// The code of a row.
fn code(row: &str) -> Code {
    match row {
        "asyncio.coroutine" => Code::H301,
        "asyncio.*(loop=)" => Code::H303,
        "asyncio.async" => Code::H304,
        "asyncio.Task.all_tasks" | "asyncio.Task.current_task" => Code::H305,
        "asyncio.wait(coroutines)" => Code::L213,
        "asyncio.get_event_loop() without a loop" => Code::L204,
        _ if row.starts_with("collections.") && row != "collections.abc.ByteString" => Code::H302,
        _ => Code::H310,
    }
}

/// What the searches share.
pub(super) struct Search<'p, 'a> {
    pub(super) program: &'p Program<'a>,
    pub(super) layout: &'p Layout<'a>,
    /// The minor version whose removals count.
    minor: u8,
}

/// Reports what Python 3.`minor` no longer has.
pub(super) fn check(program: &Program<'_>, layout: &Layout<'_>, minor: u8, findings: &mut Vec<Finding>) {
    let search = Search { program, layout, minor };
    for site in program.stmts() {
        search.statement(site, findings);
    }
    for site in program.sites() {
        findings.extend(search.expression(site));
    }
}

impl<'a> Search<'_, 'a> {
    /// A row of the table, if the version at hand lacks what it names.
    pub(super) fn row(&self, name: &str) -> Option<&'static Removal> {
        removal(name).filter(|row| row.since <= self.minor)
    }

    /// The finding for a row.
    pub(super) fn found(row: &Removal, span: Span, written: &str) -> Finding {
        let short = row.name.rsplit('.').next().unwrap_or(row.name);
        let code = code(row.name);
        let mut finding = Finding::new(code, span)
            .with("name", if code == Code::H310 { row.name } else { short })
            .with("since", row.since.to_string());
        finding.gone_since = Some(row.since);
        if code == Code::H310 { today(finding, row.today) } else { finding.with("function", written) }
    }

    // ---- Statements ----

    fn statement(&self, site: &StmtSite<'a>, findings: &mut Vec<Finding>) {
        match &site.stmt.kind {
            StmtKind::ImportFrom { module: Some(module), names, level: 0 }
                if !self.program.is_stmt_guarded(site, "ImportError") =>
            {
                findings.extend(names.iter().filter_map(|alias| self.imported(site, module, names, alias)));
            }
            StmtKind::Import { names } if !self.program.is_stmt_guarded(site, "ModuleNotFoundError") => {
                findings.extend(names.iter().filter_map(|alias| self.imported_module(site, alias)));
            }
            StmtKind::With { items, .. } => {
                for item in items {
                    findings.extend(self.awaited_lock(site, &item.context_expr));
                }
            }
            _ => {}
        }
    }

    /// `from module import name`
    fn imported(&self, site: &StmtSite<'a>, module: &str, names: &[Alias], alias: &Alias) -> Option<Finding> {
        let path = format!("{module}.{}", alias.name);
        if let Some((code, _, today, _)) =
            DEPRECATED.iter().find(|(_, name, _, since)| *name == path && *since <= self.minor)
        {
            let finding = Finding::new(*code, alias.span)
                .with("name", &*alias.name)
                .with("old", &*alias.name)
                .with("new", format!("`{today}`"))
                .with("today", format!("`{today}`"));
            return Some(finding.edits(self.import_edits(site, module, names, alias, today).unwrap_or_default()));
        }
        let row = self.row(&path)?;
        let finding = Self::found(row, alias.span, &path);
        let today = match modern_name(row.name) {
            Some(today) => today.to_owned(),
            None if row.name == "asyncio.coroutine" => {
                return Some(finding.edits(modernise::decorator_import(self, site, names, alias)));
            }
            None => return Some(finding),
        };
        Some(finding.edits(self.import_edits(site, module, names, alias, &today).unwrap_or_default()))
    }

    /// The edits that import the modern name instead, and use it.
    fn import_edits(
        &self,
        site: &StmtSite<'a>,
        module: &str,
        names: &[Alias],
        alias: &Alias,
        today: &str,
    ) -> Option<Vec<Edit>> {
        let (new_module, new_name) = match today.rsplit_once('.') {
            Some((module, name)) => (module, name),
            None => return None,
        };
        let mut edits = Vec::new();
        let clause = match &alias.asname {
            Some(asname) => format!("{new_name} as {asname}"),
            None => new_name.to_owned(),
        };
        if new_module == module {
            edits.push(Edit::replace(alias.span, clause));
        } else if let [_] = names {
            let from = self.module_span(site.stmt)?;
            edits.push(Edit::replace(from, new_module));
            if new_name != &*alias.name {
                edits.push(Edit::replace(alias.span, clause));
            }
        } else {
            // When all names of the statement move to the same place, only its module changes.
            let all_move = names.iter().all(|other| {
                let path = format!("{module}.{}", other.name);
                modern_name(&path).is_some_and(|today| today == format!("{new_module}.{}", other.name))
            });
            if all_move {
                // Every one of them makes this edit, and one is enough.
                return Some(vec![Edit::replace(self.module_span(site.stmt)?, new_module)]);
            }
            edits.push(self.without_alias(names, alias)?);
            edits.push(self.statement_behind(site.stmt, &format!("from {new_module} import {clause}")));
        }
        if alias.asname.is_none() && new_name != &*alias.name {
            edits.extend(self.uses_of(&alias.name, site).map(|span| Edit::replace(span, new_name)));
        }
        Some(edits)
    }

    /// The span of `module` in `from module import ...`.
    fn module_span(&self, stmt: &Stmt) -> Option<Span> {
        let lexemes = self.program.lexemes;
        let at = self.program.token_at(stmt.span.start);
        let from = lexemes.get(at).filter(|lexeme| lexeme.token == Token::From)?;
        let rest = &lexemes[at + 1..];
        let end = rest.iter().position(|lexeme| lexeme.token == Token::Import)?;
        let (first, last) = (rest.first()?, rest[..end].last()?);
        debug_assert!(from.span.end <= first.span.start);
        Some(Span::new(first.span.start, last.span.end))
    }

    /// Takes one name out of an import that has others.
    pub(super) fn without_alias(&self, names: &[Alias], alias: &Alias) -> Option<Edit> {
        let at = names.iter().position(|other| other.span == alias.span)?;
        match (names.get(at + 1), at.checked_sub(1).and_then(|before| names.get(before))) {
            (Some(next), _) => Some(Edit::delete(Span::new(alias.span.start, next.span.start))),
            (None, Some(before)) => Some(Edit::delete(Span::new(before.span.end, alias.span.end))),
            (None, None) => None,
        }
    }

    /// Adds a statement behind one.
    pub(super) fn statement_behind(&self, stmt: &Stmt, text: &str) -> Edit {
        let layout = self.layout;
        let is_alone = layout.is_first_in_line(stmt.span.start);
        let behind = &self.program.source[stmt.span.end as usize..layout.text_end(stmt.span.end) as usize];
        if is_alone && (behind.trim().is_empty() || behind.trim_start().starts_with('#')) {
            let indentation = layout.indentation(stmt.span.start);
            let at = layout.text_end(stmt.span.end);
            return Edit::insert(at, format!("{}{indentation}{text}", layout.line_end()));
        }
        Edit::insert(stmt.span.end, format!("; {text}"))
    }

    /// Where a name that a statement imports is used.
    fn uses_of<'s>(&'s self, name: &'s str, site: &'s StmtSite<'a>) -> impl Iterator<Item = Span> + 's {
        let imported = self.program.bindings(name, site.scope).map(|bindings| bindings.as_ptr());
        self.program.sites().filter_map(move |used| match &used.expr.kind {
            ExprKind::Name { id, .. }
                if **id == *name
                    && self.program.bindings(name, used.scope).map(|bindings| bindings.as_ptr()) == imported =>
            {
                Some(used.expr.span)
            }
            _ => None,
        })
    }

    /// `import imp`
    fn imported_module(&self, site: &StmtSite<'a>, alias: &Alias) -> Option<Finding> {
        let row = self.row(&alias.name).filter(|row| row.name == "imp")?;
        let finding = Self::found(row, alias.span, &alias.name);
        if alias.asname.is_some() {
            return Some(finding);
        }
        // `reload` is the one function that has the same name in `importlib`.
        let mut edits = vec![Edit::replace(alias.span, "importlib")];
        for span in self.uses_of("imp", site) {
            let after = &self.program.source[span.end as usize..];
            if !after.starts_with(".reload(") {
                return Some(finding);
            }
            edits.push(Edit::replace(span, "importlib"));
        }
        Some(finding.edits(edits))
    }

    /// `with await lock:`, `with (yield from lock):`
    fn awaited_lock(&self, site: &StmtSite<'a>, manager: &Expr) -> Option<Finding> {
        let row = self.row("with await asyncio.Lock()")?;
        let (ExprKind::Await { value } | ExprKind::YieldFrom { value }) = &manager.kind else { return None };
        let made = match &value.kind {
            ExprKind::Name { id, .. } => match self.program.only_binding(id, site.scope)?.what {
                Bound::Value(made) => made,
                _ => return None,
            },
            _ => value,
        };
        let ExprKind::Call { func, .. } = &made.kind else { return None };
        let path = self.program.path(func, site.scope)?;
        if !matches!(
            path.as_str(),
            "asyncio.Lock" | "asyncio.Semaphore" | "asyncio.BoundedSemaphore" | "asyncio.Condition"
        ) {
            return None;
        }
        let finding = Self::found(row, manager.span, self.program.text(manager.span));
        let StmtKind::With { items, .. } = &site.stmt.kind else { return None };
        let is_alone = items.len() == 1 && items[0].optional_vars.is_none();
        if !is_alone || !matches!(manager.kind, ExprKind::Await { .. }) {
            return Some(finding);
        }
        let keyword = Span::new(manager.span.start, value.span.start);
        Some(finding.edits(vec![Edit::insert(site.stmt.span.start, "async "), Edit::delete(keyword)]))
    }

    // ---- Expressions ----

    fn expression(&self, site: &Site<'a>) -> Option<Finding> {
        match &site.expr.kind {
            ExprKind::Attribute { attr, .. } => {
                let path = self.program.path(site.expr, site.scope)?;
                if self.program.is_guarded(site, "AttributeError") || self.program.is_stored(attr) {
                    return None;
                }
                self.attribute(site, &path)
            }
            // A name that was imported: the import has been reported, and this is where the modern form goes.
            ExprKind::Name { .. } => {
                let path = self.program.path(site.expr, site.scope)?;
                (path == "asyncio.coroutine").then(|| modernise::decorated(self, site)).flatten()
            }
            ExprKind::Call { func, args, keywords } => self.call(site, func, args, keywords),
            _ => None,
        }
    }

    fn attribute(&self, site: &Site<'a>, path: &str) -> Option<Finding> {
        let span = site.expr.span;
        let written = self.program.text(span);
        let deprecated = DEPRECATED.iter().find(|(_, name, _, since)| *name == path && *since <= self.minor);
        if let Some((code, _, today, since)) = deprecated {
            let finding = Finding::new(*code, span)
                .with("name", path.rsplit('.').next().unwrap_or(path))
                .with("old", written)
                .with("new", format!("`{today}`"))
                .with("since", since.to_string())
                .with("today", format!("`{today}`"));
            return Some(finding.edits(self.renamed(site, path, today).unwrap_or_default()));
        }
        if self.minor >= 14 && DEPRECATED_WITHOUT_NAME.contains(&path) {
            let finding = Finding::new(Code::H308, span).with("name", path.rsplit('.').next().unwrap_or(path));
            return Some(finding.with("today", "`asyncio.run(..., loop_factory=...)`").form("check"));
        }
        if path == "asyncio.coroutine" {
            return modernise::decorated(self, site);
        }
        let row = self.row(path)?;
        let finding = Self::found(row, span, written);
        let edits = match modern_name(row.name) {
            Some(today) => self.renamed(site, path, today),
            None => match row.name {
                "inspect.getargspec" => self.getargspec(site),
                "unittest.makeSuite" => self.suite(site),
                _ => None,
            },
        };
        Some(finding.edits(edits.unwrap_or_default()))
    }

    /// The edits that write `today` for an attribute chain that means `path`.
    fn renamed(&self, site: &Site<'a>, path: &str, today: &str) -> Option<Vec<Edit>> {
        let program = self.program;
        let span = site.expr.span;
        let ExprKind::Attribute { value, .. } = &site.expr.kind else { return None };
        let (old_module, old_name) = path.rsplit_once('.')?;
        let (new_module, new_name) = today.rsplit_once('.').unwrap_or(("", today));
        if old_module == new_module {
            return Some(vec![Edit::replace(Span::new(span.end - old_name.len() as u32, span.end), new_name)]);
        }
        // What the value means may be written in more ways than one: `import asyncio as aio`.
        let written = program.text(value.span);
        if let Some(rest) = new_module.strip_prefix(old_module).and_then(|rest| rest.strip_prefix('.')) {
            // `collections.Iterable` to `collections.abc.Iterable`; the submodule must have been imported.
            let mut edits = vec![Edit::insert(value.span.end, format!(".{rest}"))];
            if !self.imports_module(new_module) {
                edits.extend(import(program, self.layout, &format!("import {new_module}")));
            }
            return Some(edits);
        }
        if let Some(outer) = old_module.strip_prefix(new_module).and_then(|rest| rest.strip_prefix('.')) {
            // `asyncio.Task.all_tasks` to `asyncio.all_tasks`.
            let outer_text = written.strip_suffix(outer).and_then(|text| text.strip_suffix('.'))?;
            return Some(vec![Edit::replace(span, format!("{outer_text}.{new_name}"))]);
        }
        // Another module altogether.
        let module = if new_module.is_empty() { new_name } else { new_module };
        let mut edits = vec![Edit::replace(span, today)];
        match program.bindings(module, site.scope) {
            None => edits.extend(import(program, self.layout, &format!("import {module}"))),
            Some([binding]) if matches!(binding.what, Bound::Module(path) if path == module) => {}
            Some(_) => return None,
        }
        Some(edits)
    }

    fn imports_module(&self, module: &str) -> bool {
        self.program.stmts().any(|site| match &site.stmt.kind {
            StmtKind::Import { names } => names.iter().any(|alias| &*alias.name == module && alias.asname.is_none()),
            _ => false,
        })
    }

    /// `inspect.getargspec(f).args` has the same fields in `getfullargspec`; unpacking has not.
    fn getargspec(&self, site: &Site<'a>) -> Option<Vec<Edit>> {
        let call = self.program.around(site)?;
        let field = self.program.around(call)?;
        let ExprKind::Attribute { attr, .. } = &field.expr.kind else { return None };
        let span = site.expr.span;
        matches!(&**attr, "args" | "varargs" | "defaults")
            .then(|| vec![Edit::replace(Span::new(span.end - 10, span.end), "getfullargspec")])
    }

    fn suite(&self, site: &Site<'a>) -> Option<Vec<Edit>> {
        let around = self.program.around(site)?;
        let ExprKind::Call { func, args, keywords } = &around.expr.kind else { return None };
        let ExprKind::Attribute { value, .. } = &site.expr.kind else { return None };
        let is_plain = func.span == site.expr.span && args.len() == 1 && keywords.is_empty();
        let text = format!("{}.TestLoader().loadTestsFromTestCase", self.program.text(value.span));
        is_plain.then(|| vec![Edit::replace(site.expr.span, text)])
    }

    fn call(&self, site: &Site<'a>, func: &Expr, args: &'a [Expr], keywords: &[Keyword]) -> Option<Finding> {
        let program = self.program;
        if let Some(path) = program.path(func, site.scope) {
            if program.is_guarded(site, "TypeError") {
                return None;
            }
            return match path.as_str() {
                "asyncio.get_event_loop" => modernise::loop_without_loop(self, site),
                "asyncio.wait" if keywords.iter().all(|keyword| keyword.arg.as_deref() != Some("loop")) => {
                    modernise::waited(self, site, args)
                }
                "json.loads" => self.keyword_gone(site, "json.loads(encoding=)", "encoding", args, keywords),
                "random.sample" => self.sample(site, args),
                "random.shuffle" => {
                    let row = self.row("random.shuffle(x, random)")?;
                    (args.len() == 2).then(|| Self::found(row, site.expr.span, "random.shuffle(x, random)"))
                }
                _ => {
                    let name = path.strip_prefix("asyncio.")?;
                    if HAD_LOOP.contains(&name) {
                        self.keyword_gone(site, "asyncio.*(loop=)", "loop", args, keywords)
                    } else {
                        None
                    }
                }
            };
        }
        let ExprKind::Attribute { value, attr, .. } = &func.kind else { return None };
        if &**attr == "isAlive"
            && args.is_empty()
            && !program.is_stored(attr)
            && !program.is_guarded(site, "AttributeError")
        {
            let row = self.row("threading.Thread.isAlive")?;
            return self.is_thread(value, site).then(|| {
                let name = Span::new(func.span.end - 7, func.span.end);
                Self::found(row, name, program.text(func.span)).edits(vec![Edit::replace(name, "is_alive")])
            });
        }
        self.test_method(site, func, value, attr)
    }

    /// A keyword argument that is no longer taken.
    fn keyword_gone(
        &self,
        site: &Site<'a>,
        row: &str,
        name: &str,
        args: &[Expr],
        keywords: &[Keyword],
    ) -> Option<Finding> {
        let row = self.row(row)?;
        let keyword = keywords.iter().find(|keyword| keyword.arg.as_deref() == Some(name))?;
        let function = match &site.expr.kind {
            ExprKind::Call { func, .. } => self.program.text(func.span),
            _ => "",
        };
        // The comma before it goes with it; for the first argument, the one after it.
        let before = args.iter().map(|arg| arg.span.end).chain(keywords.iter().map(|keyword| keyword.span.end));
        let lexemes = self.program.lexemes;
        let at = self.program.token_at(keyword.span.start);
        let previous = at.checked_sub(1).map(|at| lexemes[at]);
        let span = match previous {
            Some(comma) if comma.token == Token::Comma && before.min().is_some_and(|end| end <= comma.span.start) => {
                // With the blanks around the comma, unless a comment stands between.
                let gap = &self.program.source[comma.span.end as usize..keyword.span.start as usize];
                if gap.trim().is_empty() { Some(Span::new(comma.span.start, keyword.span.end)) } else { None }
            }
            _ => {
                let behind = self.program.token_at(keyword.span.end);
                match lexemes.get(behind) {
                    Some(comma) if comma.token == Token::Comma => {
                        let next = lexemes.get(behind + 1).map_or(comma.span.end, |next| next.span.start);
                        Some(Span::new(keyword.span.start, next))
                    }
                    _ => Some(keyword.span),
                }
            }
        };
        let edits = span.map_or_else(Vec::new, |span| vec![Edit::delete(span)]);
        Some(Self::found(row, keyword.span, function).edits(edits))
    }

    /// `random.sample` of what is plainly a set.
    fn sample(&self, site: &Site<'a>, args: &[Expr]) -> Option<Finding> {
        let row = self.row("random.sample(set)")?;
        let first = args.first()?;
        let made = match &first.kind {
            ExprKind::Name { id, .. } => match self.program.only_binding(id, site.scope)?.what {
                Bound::Value(made) => made,
                _ => return None,
            },
            _ => first,
        };
        let is_set = match &made.kind {
            ExprKind::Set { .. } | ExprKind::SetComp { .. } => true,
            ExprKind::Call { func, .. } => matches!(&func.kind, ExprKind::Name { id, .. }
                if matches!(&**id, "set" | "frozenset") && self.program.bindings(id, site.scope).is_none()),
            _ => false,
        };
        let edits = vec![Edit::insert(first.span.start, "sorted("), Edit::insert(first.span.end, ")")];
        (is_set && !self.program.expects(site, "TypeError"))
            .then(|| Self::found(row, first.span, "random.sample(set)").edits(edits))
    }

    /// Whether a value is surely a thread: a name bound to `threading.Thread(...)`.
    fn is_thread(&self, value: &Expr, site: &Site<'a>) -> bool {
        let is_thread = |made: &Expr| match &made.kind {
            ExprKind::Call { func, .. } => self.program.path(func, site.scope).as_deref() == Some("threading.Thread"),
            _ => false,
        };
        match &value.kind {
            ExprKind::Name { id, .. } => match self.program.only_binding(id, site.scope) {
                Some(binding) => matches!(binding.what, Bound::Value(made) if is_thread(made)),
                None => false,
            },
            _ => is_thread(value),
        }
    }

    /// `self.assertEquals(...)` in a test case.
    fn test_method(&self, site: &Site<'a>, func: &Expr, value: &Expr, attr: &str) -> Option<Finding> {
        let row = self.row(&format!("unittest.TestCase.{attr}"))?;
        let program = self.program;
        let ExprKind::Name { id, .. } = &value.kind else { return None };
        let function = program.function_scope(site.scope);
        let ScopeKind::Function { def, .. } = program.scope(function).kind else { return None };
        let class = program.scope(function).parent?;
        let ScopeKind::Class(class_def) = program.scope(class).kind else { return None };
        let is_self = def.args.args.first().is_some_and(|first| first.arg == *id);
        let is_own = !program.own_bindings(class, attr).is_empty();
        if !is_self || is_own || !self.is_test_case(class_def, class) || program.is_guarded(site, "AttributeError") {
            return None;
        }
        let name = Span::new(func.span.end - attr.len() as u32, func.span.end);
        let today = TEST_METHODS.iter().find(|(old, _)| *old == attr);
        let edits = today.map_or_else(Vec::new, |(_, new)| vec![Edit::replace(name, *new)]);
        Some(Self::found(row, name, program.text(func.span)).edits(edits))
    }

    fn is_test_case(&self, class: &ClassDef, scope: super::program::ScopeId) -> bool {
        let Some(around) = self.program.scope(scope).parent else { return false };
        class.bases.iter().any(|base| {
            matches!(
                self.program.path(base, around).as_deref(),
                Some("unittest.TestCase" | "unittest.IsolatedAsyncioTestCase")
            )
        })
    }
}

/// The modern name of a row, where it is one name.
fn modern_name(row: &str) -> Option<&'static str> {
    if let Ok(at) = RENAMED.binary_search_by_key(&row, |(name, _)| name) {
        return Some(RENAMED[at].1);
    }
    if row.starts_with("collections.") && row != "collections.abc.ByteString" {
        return removal(row).map(|row| row.today);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{HAD_LOOP, RENAMED, removal};

    #[test]
    fn tables_are_sorted_and_name_rows() {
        assert!(RENAMED.is_sorted_by_key(|(name, _)| name));
        assert!(RENAMED.iter().all(|(name, _)| removal(name).is_some()));
        assert!(HAD_LOOP.is_sorted());
    }
}
