//! The part of the facade that a prompt needs: running one input after another in `__main__`.
//!
//! An input is compiled as CPython's prompt compiles it: every statement but the last as a module's, the last so that
//! an expression's value is shown. `await` is allowed outside functions; such an input becomes a coroutine that module
//! `_repl` drives on an event loop which lives as long as the prompt, so that tasks go on between two inputs.

use coil_grammar::ast::{Stmt, StmtKind};
use coil_grammar::parse_module;

use crate::interpreter::{Interpreter, TOP_LEVEL_AWAIT, compile, main_module, report};
use crate::objects::ctx::{CompileMode, Ctx};
use crate::objects::frame::Frame;
use crate::objects::module::Module;
use crate::objects::native::PyResult;
use crate::objects::string::{intern, new_str};
use crate::objects::value::Value;
use crate::objects::{int, protocol, source_cache};
use crate::{stdlib, vm};

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interactive {
    /// It ran; an exception that it did not catch has been shown.
    Done,
    /// It asked to leave, with this exit status.
    Exit(i32),
}

/// How many inputs there were: they name the sources of the inputs.
#[derive(Default)]
struct Inputs(usize);

impl Interpreter {
    /// Prepares for inputs: `__main__`, the prompts in `sys`.
    pub fn begin_interactive(&mut self) {
        let ctx = &mut self.ctx;
        main_module(ctx);
        for (name, text) in [("ps1", ">>> "), ("ps2", "... ")] {
            let name = intern(name);
            if ctx.sys.get_str(&name).is_none() {
                ctx.sys.set_str(&name, new_str(text).into_value());
            }
        }
    }

    /// The prompt: `str(sys.ps1)`.
    pub fn prompt(&mut self) -> String {
        let ctx = &mut self.ctx;
        let prompt = ctx.sys.get_str(&intern("ps1")).unwrap_or_default();
        match protocol::text::str_string(ctx, &prompt) {
            Ok(text) => text,
            Err(raised) => {
                drop(ctx.take_raised(raised));
                ">>> ".to_owned()
            }
        }
    }

    /// Runs an input in `__main__`, shows what it gives and the exception that it does not catch.
    pub fn run_interactive(&mut self, source: &str) -> Interactive {
        let ctx = &mut self.ctx;
        let number = &mut ctx.state::<Inputs>().0;
        let filename = format!("<python-input-{number}>");
        *number += 1;
        source_cache::remember(ctx, &filename, source);
        if let Some(reporter) = &mut ctx.reporter {
            let observer = reporter.listen();
            if ctx.observer.is_none() {
                ctx.observer = observer;
            }
        }
        let result = run_statements(ctx, source, &filename);
        if ctx.modules.get_str(&intern("asyncio")).is_some() && ctx.modules.get_str(&intern("_repl")).is_none() {
            // From now on tasks may be made at the prompt.
            drop(self.import("_repl"));
        }
        let ctx = &mut self.ctx;
        match result {
            Ok(()) => Interactive::Done,
            Err(raised) => {
                let exception = ctx.take_raised(raised);
                remember_exception(ctx, &exception);
                let is_exit = protocol::is_instance_of(ctx, &exception, &ctx.exceptions.SystemExit);
                let status = report(ctx, &exception);
                if is_exit { Interactive::Exit(status) } else { Interactive::Done }
            }
        }
    }

    /// Runs a source in `__main__`. An exception that it does not catch is shown; the result is the exit status that it
    /// would mean.
    pub fn run_block(&mut self, source: &str, filename: &str) -> Option<i32> {
        let ctx = &mut self.ctx;
        source_cache::remember(ctx, filename, source);
        let raised = run_part(ctx, source, filename, "exec").err()?;
        let exception = ctx.take_raised(raised);
        Some(report(ctx, &exception))
    }

    /// Gives `__main__` another name, so that a program runs as when it is imported.
    pub fn name_main(&mut self, name: &str) {
        let main = main_module(&mut self.ctx);
        if let Some(main) = main.downcast_ref::<Module>() {
            main.dict.set_str(&intern("__name__"), new_str(name).into_value());
        }
    }

    /// Shows the exception that ended a program, when one did, before the prompt takes over its names.
    pub fn show_result(&mut self, result: PyResult) {
        if let Err(raised) = result {
            let exception = self.ctx.take_raised(raised);
            remember_exception(&mut self.ctx, &exception);
            report(&mut self.ctx, &exception);
        }
    }

    /// Imports a module; None when that fails.
    pub fn import(&mut self, name: &str) -> Option<Value> {
        match stdlib::find_and_load(&mut self.ctx, name) {
            Ok(module) => Some(module),
            Err(raised) => {
                drop(self.ctx.take_raised(raised));
                None
            }
        }
    }

    /// Runs the tasks of the prompt's event loop until the descriptor is readable; returns at once when no input has
    /// made that loop. An exception that leaves the loop is shown.
    pub fn run_until_readable(&mut self, descriptor: i32) {
        let ctx = &mut self.ctx;
        let Some(repl) = ctx.modules.get_str(&intern("_repl")) else { return };
        if let Err(raised) = call_method(ctx, &repl, "idle", &[int::from_i64(descriptor.into())]) {
            let exception = ctx.take_raised(raised);
            report(ctx, &exception);
        }
    }

    /// Forgets every name of `__main__` but those that a module begins with.
    pub fn forget_main(&mut self) {
        let main = main_module(&mut self.ctx);
        let Some(main) = main.downcast_ref::<Module>() else { return };
        for (name, _) in main.dict.entries() {
            let is_special = crate::objects::arguments::text_of(&name).starts_with("__");
            if !is_special {
                drop(main.dict.remove_str(&name));
            }
        }
        (self.ctx.door.run_pending)(&mut self.ctx);
    }
}

fn run_statements(ctx: &mut Ctx, source: &str, filename: &str) -> PyResult<()> {
    if let Some(at) = last_statement(source) {
        let (first, last) = source.split_at(at);
        run_part(ctx, first, filename, "exec")?;
        // Line breaks in front keep the numbers of its lines.
        let last = "\n".repeat(first.matches('\n').count()) + last;
        return run_part(ctx, &last, filename, "single");
    }
    run_part(ctx, source, filename, "single")
}

/// Where the last statement's line begins, when there are others on lines before it.
fn last_statement(source: &str) -> Option<usize> {
    let parsed = parse_module(source).ok()?;
    let [.., before, last] = parsed.tree.body.as_slice() else { return None };
    let start = source[..first_byte(last)].rfind('\n')? + 1;
    // `a; b` on one line belong together.
    (before.span.end as usize <= start).then_some(start)
}

/// Where a statement begins, decorators included.
fn first_byte(statement: &Stmt) -> usize {
    let decorators = match &statement.kind {
        StmtKind::FunctionDef(function) | StmtKind::AsyncFunctionDef(function) => function.decorator_list.first(),
        StmtKind::ClassDef(class) => class.decorator_list.first(),
        _ => None,
    };
    decorators.map_or(statement.span.start, |first| first.span.start) as usize
}

fn run_part(ctx: &mut Ctx, source: &str, filename: &str, mode: &'static str) -> PyResult<()> {
    let main = main_module(ctx);
    let Some(globals) = main.downcast_ref::<Module>().map(|module| module.dict.clone()) else {
        return Err(ctx.system_error("__main__ is not a module"));
    };
    let source = if source.ends_with('\n') { source.to_owned() } else { format!("{source}\n") };
    let mode =
        CompileMode { mode, flags: TOP_LEVEL_AWAIT, optimize: ctx.optimize, is_text: true, ..CompileMode::default() };
    let code = compile(ctx, source.as_bytes(), filename, &mode)?;
    let result = vm::run_code(ctx, code, globals.into_value())?;
    if result.downcast_ref::<Frame>().is_some_and(|frame| frame.is_suspendable()) {
        let repl = stdlib::find_and_load(ctx, "_repl")?;
        call_method(ctx, &repl, "drive", &[result])?;
    }
    Ok(())
}

fn call_method(ctx: &mut Ctx, object: &Value, name: &str, args: &[Value]) -> PyResult {
    let method = protocol::get_attr(ctx, object, &intern(name))?;
    protocol::call(ctx, &method, args)
}

/// Sets `sys.last_exc` and its older names, for post-mortem tools.
fn remember_exception(ctx: &mut Ctx, exception: &Value) {
    let class = protocol::class_of(ctx, exception).into_value();
    let traceback =
        exception.downcast_ref::<crate::objects::exception::Exception>().map(|payload| payload.traceback.get());
    let traceback = traceback.filter(|traceback| !traceback.is_empty()).unwrap_or(Value::NONE);
    for (name, value) in [
        ("last_exc", exception.clone()),
        ("last_type", class),
        ("last_value", exception.clone()),
        ("last_traceback", traceback),
    ] {
        ctx.sys.set_str(&intern(name), value);
    }
}
