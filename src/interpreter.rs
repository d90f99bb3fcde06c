//! The public facade: an interpreter with the compiler, the built-in modules and the virtual machine wired together.
//!
//! ```
//! use coil::Interpreter;
//! use coil::host::TestHost;
//!
//! let mut interpreter = Interpreter::new(Box::new(TestHost::default()));
//! let status = interpreter.run_main(b"print(1 + 2)\n", "<example>");
//! assert_eq!(status, 0);
//! assert_eq!(interpreter.host::<TestHost>().map(|host| host.output()), Some("3\n".to_owned()));
//! ```

use coil_grammar::error::{SyntaxError, SyntaxErrorKind};
use coil_grammar::span::{LineIndex, Span};
use coil_grammar::{parse_definition, parse_expression, parse_library, parse_module, parse_single, source};

use crate::code::verify;
use crate::compiler::{self, Features, Options};
use crate::diagnostics::reporter::{Drawer, Settings};
use crate::diagnostics::traceback;
use crate::host::{Host, Stream};
use crate::objects::class::Class;
use crate::objects::code::Code;
use crate::objects::ctx::{CompileMode, Ctx, Door};
use crate::objects::exception::Exception;
use crate::objects::exception_fields::raise_io_error;
use crate::objects::heap::Ref;
use crate::objects::list::{List, new_list};
use crate::objects::native::{PyResult, Raised};
use crate::objects::observer::Observer;
use crate::objects::string::{intern, new_str};
use crate::objects::value::Value;
use crate::objects::{code, codec, dict, int, module, protocol, source_cache, tuple, warning};
use crate::vm;

/// `PyCF_ALLOW_TOP_LEVEL_AWAIT`
pub(crate) const TOP_LEVEL_AWAIT: u32 = 0x2000;

/// An interpreter: built-in classes, modules and the virtual machine.
pub struct Interpreter {
    pub(crate) ctx: Ctx,
    /// The recorder of drawn errors, while another observer is in its place.
    parked: Option<Box<dyn Observer>>,
}

impl Interpreter {
    /// An interpreter that sees the outside world through the host.
    pub fn new(host: Box<dyn Host>) -> Interpreter {
        let mut ctx = Ctx::new(host, Door { compile, complete, last_python: crate::check::last_python, ..vm::DOOR });
        crate::builtins::install(&mut ctx);
        crate::stdlib::install(&mut ctx);
        Interpreter { ctx, parked: None }
    }

    /// The shared context, for code that works on the object model.
    pub fn ctx(&mut self) -> &mut Ctx {
        &mut self.ctx
    }

    /// The host, if it is an `H`.
    pub fn host<H: Host + 'static>(&mut self) -> Option<&mut H> {
        self.ctx.host.as_any().downcast_mut::<H>()
    }

    /// Sets `sys.argv` and `sys.orig_argv`.
    pub fn set_arguments(&mut self, arguments: &[String], original: &[String]) {
        crate::stdlib::set_argv(&mut self.ctx, arguments, original);
    }

    /// Sets `sys.flags`, and how modules are compiled from now on.
    pub fn set_flags(&mut self, flags: crate::stdlib::Flags) {
        self.ctx.optimize = flags.optimize;
        self.ctx.builtins.set_str(&intern("__debug__"), Value::bool(flags.optimize == 0));
        crate::stdlib::set_flags(&mut self.ctx, flags);
    }

    /// Puts a folder in front of `sys.path`: that of the program, or the empty string for the current one.
    pub fn set_program_folder(&mut self, folder: &str) {
        crate::stdlib::set_program_folder(&mut self.ctx, folder);
    }

    /// Puts folders behind the program's and in front of the library on `sys.path`.
    pub fn add_module_folders(&mut self, folders: &[String]) {
        crate::stdlib::add_module_folders(&mut self.ctx, folders);
    }

    /// Puts folders behind the library on `sys.path`, for the modules that it lacks.
    pub fn add_folders_behind_library(&mut self, folders: &[String]) {
        crate::stdlib::add_folders_behind_library(&mut self.ctx, folders);
    }

    /// Lets programs use exactly what Python 3.`minor` had; None, which is how it begins, for what any version had.
    pub fn set_era(&mut self, minor: Option<u8>) {
        crate::stdlib::set_era(&mut self.ctx, minor);
    }

    /// Lets programs make so many calls and loop rounds, about; then SystemExit is raised that says so. None for no limit.
    pub fn limit_steps(&mut self, limit: Option<u64>) {
        self.ctx.threads.limit_steps(limit);
    }

    /// Sets `sys.executable`.
    pub fn set_executable(&mut self, path: &str) {
        for name in ["executable", "_base_executable"] {
            self.ctx.sys.set_str(&intern(name), new_str(path).into_value());
        }
    }

    /// Applies the options `-W`: `sys.warnoptions`, and module `warnings`, which reads them.
    pub fn set_warning_options(&mut self, options: &[String]) {
        let ctx = &mut self.ctx;
        let list = options.iter().map(|option| new_str(option.as_str()).into_value()).collect();
        ctx.sys.set_str(&intern("warnoptions"), new_list(list).into_value());
        if !options.is_empty()
            && let Err(raised) = crate::stdlib::find_and_load(ctx, "warnings")
        {
            drop(ctx.take_raised(raised));
        }
    }

    /// Sets `sys._xoptions`.
    pub fn set_extra_options(&mut self, options: &[String]) {
        let dict = dict::new_dict();
        for option in options {
            match option.split_once('=') {
                Some((name, value)) => dict.set_str(&intern(name), new_str(value).into_value()),
                None => dict.set_str(&intern(option), Value::TRUE),
            }
        }
        self.ctx.sys.set_str(&intern("_xoptions"), dict.into_value());
    }

    /// Remembers a source that is in no file, so that tracebacks can show its lines.
    pub fn remember_source(&mut self, filename: &str, text: &str) {
        source_cache::remember(&mut self.ctx, filename, text);
    }

    /// Runs the module of a name, or the module `__main__` of a package, as `__main__`: the option `-m`. `argv[0]` becomes
    /// the module's file.
    pub fn run_module(&mut self, name: &str) -> i32 {
        let result = self.run_module_code(name);
        match result {
            Ok(result) => self.finish(result),
            Err(message) => {
                let executable = self.ctx.sys.get_str(&intern("executable")).unwrap_or_default();
                let executable = crate::objects::arguments::text_of(&executable);
                write_error(&mut self.ctx, &format!("{executable}: {message}\n"));
                self.finish(Ok(Value::NONE)).max(1)
            }
        }
    }

    fn run_module_code(&mut self, name: &str) -> Result<PyResult, String> {
        let ctx = &mut self.ctx;
        let found = match crate::stdlib::find_main(ctx, name) {
            Ok(found) => found?,
            Err(raised) => return Ok(Err(raised)),
        };
        let main = main_module(ctx);
        let Some(globals) = main.downcast_ref::<module::Module>().map(|module| module.dict.clone()) else {
            return Err("__main__ is not a module".to_owned());
        };
        let path = new_str(found.path.as_str()).into_value();
        if let Some(argv) = ctx.sys.get_str(&intern("argv"))
            && let Some(argv) = argv.downcast_ref::<List>()
        {
            drop(argv.splice(0, 1, vec![path.clone()]));
        }
        globals.set_str(&ctx.names.__file__, path);
        globals.set_str(&ctx.names.__package__, found.package);
        globals.set_str(&ctx.names.__spec__, found.spec);
        globals.set_str(&ctx.names.__loader__, found.loader);
        let mode = CompileMode { optimize: ctx.optimize, ..CompileMode::default() };
        let code = match compile(ctx, &found.source, &found.path, &mode) {
            Ok(code) => code,
            Err(raised) => return Ok(Err(raised)),
        };
        Ok(vm::run_code(ctx, code, globals.into_value()))
    }

    /// Sets who is told of every transfer of control.
    pub fn set_observer(&mut self, observer: Option<Box<dyn Observer>>) {
        match observer {
            Some(observer) => {
                let before = self.ctx.observer.replace(observer);
                if self.parked.is_none() && self.ctx.reporter.is_some() {
                    self.parked = before;
                }
            }
            None => self.ctx.observer = self.parked.take(),
        }
    }

    /// Has errors drawn and explained, in place of CPython's text.
    pub fn draw_errors(&mut self, settings: Settings) {
        let (drawer, recorder) = Drawer::new(settings);
        self.ctx.reporter = Some(Box::new(drawer));
        self.ctx.observer = Some(Box::new(recorder));
    }

    /// Runs source as the module `__main__` and ends the program: `atexit` things, suspended generators, output. The
    /// result is the exit status.
    pub fn run_main(&mut self, source: &[u8], filename: &str) -> i32 {
        let result = self.run_in_main(source, filename);
        self.finish(result)
    }

    /// Compiles a source as a module, without running it.
    ///
    /// # Errors
    /// What is wrong with it, a SyntaxError as a rule; it is in the context.
    pub fn compile(&mut self, source: &[u8], filename: &str) -> PyResult {
        compile(&mut self.ctx, source, filename, &CompileMode::default())
    }

    /// Runs source in the module `__main__`.
    ///
    /// # Errors
    /// The exception that the program did not catch; it is in the context.
    pub fn run_in_main(&mut self, source: &[u8], filename: &str) -> PyResult {
        let ctx = &mut self.ctx;
        let main = main_module(ctx);
        let Some(globals) = main.downcast_ref::<module::Module>().map(|module| module.dict.clone()) else {
            return Err(ctx.system_error("__main__ is not a module"));
        };
        if !filename.starts_with('<') {
            let path = crate::stdlib::absolute(ctx, filename);
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            crate::stdlib::set_program_folder(ctx, if folder.is_empty() { "/" } else { folder });
            globals.set_str(&ctx.names.__file__, new_str(path).into_value());
        }
        if ctx.reporter.is_some()
            && let Ok(text) = source::decode(source, filename)
        {
            // What is drawn is what runs, even when the file has changed meanwhile.
            source_cache::remember(ctx, filename, &text);
        }
        let mode = CompileMode { optimize: ctx.optimize, ..CompileMode::default() };
        let code = match compile(ctx, source, filename, &mode) {
            Ok(code) => code,
            Err(raised) => {
                forget_file_without_place(ctx);
                return Err(raised);
            }
        };
        vm::run_code(ctx, code, globals.into_value())
    }

    /// Ends the program after its main code: shows the exception that ended it, closes what is suspended, writes out.
    pub fn finish(&mut self, result: PyResult) -> i32 {
        let ctx = &mut self.ctx;
        let mut status = match result {
            Ok(_) => {
                ctx.show_notes(true);
                0
            }
            Err(raised) => {
                let exception = ctx.take_raised(raised);
                report(ctx, &exception)
            }
        };
        crate::stdlib::shut_down(ctx);
        // What waited for something to come after it.
        ctx.show_notes(false);
        if let Err(error) = ctx.host.flush(Stream::Out) {
            // CPython words it as an exception that nobody could catch.
            let raised = raise_io_error(ctx, &error, None);
            let exception = ctx.take_raised(raised);
            let text = traceback::format_exception_only(ctx, &exception);
            let _ =
                ctx.host.write(Stream::Err, format!("Exception ignored on flushing sys.stdout:\n{text}").as_bytes());
            status = 120;
        }
        let _ = ctx.host.flush(Stream::Err);
        status
    }
}

/// The module `__main__`, made when it is not there.
pub(crate) fn main_module(ctx: &mut Ctx) -> Value {
    let name = ctx.names.__main__.clone();
    if let Some(main) = ctx.modules.get_str(&name) {
        return main;
    }
    let main = module::new_module(ctx, "__main__", None);
    let builtins = ctx.modules.get_str(&ctx.names.builtins).unwrap_or_default();
    main.dict.set_str(&ctx.names.__annotations__, dict::new_dict().into_value());
    main.dict.set_str(&ctx.names.__builtins__, builtins);
    ctx.modules.set_str(&name, main.value().clone());
    main.into_value()
}

/// Shows an exception that ended the program and tells the exit status.
pub(crate) fn report(ctx: &mut Ctx, exception: &Value) -> i32 {
    if protocol::is_instance_of(ctx, exception, &ctx.exceptions.SystemExit) {
        return exit_status(ctx, exception);
    }
    let interrupted = protocol::is_instance_of(ctx, exception, &ctx.exceptions.KeyboardInterrupt);
    let hook = ctx.sys.get_str(&ctx.names.excepthook);
    if hook.is_none() {
        let text = traceback::format_exception(ctx, exception);
        write_error(ctx, &format!("sys.excepthook is missing\n{text}"));
    }
    if let Some(hook) = hook {
        let class = protocol::class_of(ctx, exception).into_value();
        let traceback = exception.downcast_ref::<Exception>().map_or(Value::NONE, |payload| payload.traceback.get());
        if let Err(Raised(())) = protocol::call(ctx, &hook, &[class, exception.clone(), traceback]) {
            let second = std::mem::take(&mut ctx.raised);
            if protocol::is_instance_of(ctx, &second, &ctx.exceptions.SystemExit) {
                return exit_status(ctx, &second);
            }
            let (second, first) =
                (traceback::format_exception(ctx, &second), traceback::format_exception(ctx, exception));
            write_error(ctx, &format!("Error in sys.excepthook:\n{second}\nOriginal exception was:\n{first}"));
        }
    }
    if interrupted { 130 } else { 1 }
}

/// Writes to standard error, whose error handler is `backslashreplace`.
fn write_error(ctx: &mut Ctx, text: &str) {
    let _ = ctx.host.flush(Stream::Out);
    let bytes = codec::encode(ctx, text, "utf-8", "backslashreplace").unwrap_or_default();
    let _ = ctx.host.write(Stream::Err, &bytes);
}

fn exit_status(ctx: &mut Ctx, exception: &Value) -> i32 {
    let code = exception.downcast_ref::<Exception>().map_or(Value::NONE, |payload| payload.field(0));
    if code.is_none() {
        return 0;
    }
    if int::is_int(&code) {
        return int::to_i64(&code).map_or(-1, |status| (status & 0xff) as i32);
    }
    let text = protocol::text::str_string(ctx, &code).unwrap_or_default();
    write_error(ctx, &format!("{text}\n"));
    1
}

/// Flag `ast.PyCF_ONLY_AST`: the tree is wanted, as the text that `ast.dump` writes.
const ONLY_AST: u32 = 0x400;

/// Compiles source; the function behind [`Door::compile`].
pub(crate) fn compile(ctx: &mut Ctx, bytes: &[u8], filename: &str, mode: &CompileMode) -> PyResult {
    let text = if mode.is_text {
        String::from_utf8_lossy(bytes)
    } else {
        match source::decode(bytes, filename) {
            Ok(text) => text,
            Err(error) => return Err(raise_syntax_error(ctx, &error, "", filename)),
        }
    };
    let options = Options {
        inherited: Features { annotations: mode.flags & crate::code::flags::FUTURE_ANNOTATIONS != 0 },
        optimize: mode.optimize,
        top_level_await: mode.flags & TOP_LEVEL_AWAIT != 0,
        hidden: mode.hidden,
    };
    let lines = LineIndex::new(&text);
    if mode.flags & ONLY_AST != 0 {
        let dumped = match mode.mode {
            "eval" => parse_expression(text.trim_start_matches([' ', '\t']))
                .map(|parsed| coil_grammar::dump::expression(&parsed.tree, &lines)),
            "single" => parse_single(&text).map(|parsed| coil_grammar::dump::interactive(&parsed.tree, &lines)),
            _ => parse_module(&text).map(|parsed| coil_grammar::dump::module(&parsed.tree, &lines)),
        };
        return match dumped {
            Ok(dumped) => Ok(new_str(dumped).into_value()),
            Err(error) => Err(raise_syntax_error(ctx, &error, &text, filename)),
        };
    }
    let mut warnings = Vec::new();
    let compiled = match mode.mode {
        "eval" => parse_expression(text.trim_start_matches([' ', '\t'])).map_err(|error| *error).and_then(|parsed| {
            warnings.extend(parsed.warnings.into_iter().map(|warning| (warning.message, warning.span)));
            compiler::compile_expression(&parsed.tree, &lines, filename, &options)
        }),
        "single" => parse_single(&text).map_err(|error| *error).and_then(|parsed| {
            warnings.extend(parsed.warnings.into_iter().map(|warning| (warning.message, warning.span)));
            compiler::compile_interactive(&parsed.tree, &lines, filename, &options)
        }),
        _ => if mode.deferring { parse_library(&text) } else { parse_module(&text) }.map_err(|error| *error).and_then(
            |parsed| {
                warnings.extend(parsed.warnings.into_iter().map(|warning| (warning.message, warning.span)));
                compiler::compile_module(&parsed.tree, &lines, filename, &options)
            },
        ),
    };
    match compiled {
        Ok(compiled) => {
            warnings.extend(compiled.warnings.into_iter().map(|warning| (warning.message, warning.span)));
            for (message, span) in warnings {
                issue_syntax_warning(ctx, message, span, &text, &lines, filename)?;
            }
            match verify::verify(&compiled.code) {
                Ok(()) => Ok(code::new_code(&compiled.code).into_value()),
                Err(error) => Err(ctx.system_error(error.to_string())),
            }
        }
        Err(error) => Err(raise_syntax_error(ctx, &error, &text, filename)),
    }
}

/// Compiles what was left out when a module of the library was compiled: a function's body.
fn complete(ctx: &mut Ctx, code: &Value) -> PyResult {
    let missing = |ctx: &mut Ctx| ctx.system_error("the definition of a library function is not where it was");
    let Some(code) = code.downcast_ref::<Code>() else { return Err(missing(ctx)) };
    let object = &code.object;
    let (Some(source), Some(deferred)) = (crate::stdlib::embedded_source(&object.filename), &object.deferred) else {
        return Err(missing(ctx));
    };
    let options = Options {
        inherited: Features { annotations: object.flags & crate::code::flags::FUTURE_ANNOTATIONS != 0 },
        optimize: ctx.optimize,
        top_level_await: false,
        hidden: object.flags & crate::code::flags::HIDDEN != 0,
    };
    let compiled = parse_definition(source, deferred.span)
        .map_err(|error| *error)
        .and_then(|parsed| compiler::compile_definition(parsed.tree, object, &LineIndex::new(source), &options));
    let Ok(compiled) = compiled else { return Err(missing(ctx)) };
    match verify::verify(&compiled) {
        Ok(()) => Ok(code::new_code(&compiled).into_value()),
        Err(error) => Err(ctx.system_error(error.to_string())),
    }
}

/// Issues a `SyntaxWarning`; where the filters make an error of it, it is a SyntaxError at its place.
fn issue_syntax_warning(
    ctx: &mut Ctx,
    message: String,
    span: Span,
    text: &str,
    lines: &LineIndex,
    filename: &str,
) -> PyResult<()> {
    let category = ctx.exceptions.SyntaxWarning.clone();
    let line = lines.line(span.start);
    let shown = ctx.str(message.as_str());
    let Err(raised) = warning::warn_explicit(ctx, &category, &shown, filename, line) else { return Ok(()) };
    drop(ctx.catch(raised, &category)?);
    let end = lines.characters(text, span.end);
    let start = lines.characters(text, span.start);
    let fields = vec![
        shown,
        new_str(filename).into_value(),
        int::from_i64(i64::from(start.line)),
        int::from_i64(i64::from(start.column) + 1),
        with_newline(lines.line_text(text, start.line)),
        int::from_i64(i64::from(end.line)),
        int::from_i64(i64::from(end.column) + 1),
    ];
    let class = ctx.exceptions.SyntaxError.clone();
    Err(raise_with_place(ctx, &class, fields))
}

fn raise_syntax_error(ctx: &mut Ctx, error: &SyntaxError, text: &str, filename: &str) -> Raised {
    let class_name = error.class().name();
    let class = ctx.exceptions.all().into_iter().find(|(name, _)| *name == class_name).map(|(_, class)| class);
    let class = class.unwrap_or_else(|| ctx.exceptions.SyntaxError.clone());
    let message = ctx.str(error.message());
    if !class.is_subclass_of(&ctx.exceptions.SyntaxError) {
        let exception = ctx.new_exception(&class, vec![message]);
        return ctx.raise_value(exception);
    }
    let lines = LineIndex::new(text);
    let file = new_str(filename).into_value();
    let mut fields = vec![message, file];
    match error.place(text, &lines) {
        Some(place) => {
            let line = lines.line_text(text, place.line);
            let line = if line.is_empty() && text.is_empty() { Value::NONE } else { with_newline(line) };
            fields.push(int::from_i64(i64::from(place.line)));
            fields.push(int::from_i64(i64::from(place.offset)));
            fields.push(line);
            fields.push(int::from_i64(i64::from(place.end_line)));
            // Errors of future statements have no such attribute.
            let is_future = matches!(error.kind, SyntaxErrorKind::UnknownFuture { .. } | SyntaxErrorKind::FutureBraces);
            fields.push(if is_future { Value::NONE } else { int::from_i64(i64::from(place.end_offset)) });
        }
        None => fields.extend([Value::NONE, Value::NONE, Value::NONE, Value::NONE, Value::NONE]),
    }
    raise_with_place(ctx, &class, fields)
}

/// Bytes of the main program that are no text belong to no line, and CPython says of them only what is wrong.
fn forget_file_without_place(ctx: &mut Ctx) {
    let class = ctx.exceptions.SyntaxError.clone();
    if let Some(payload) = ctx.raised.downcast_ref::<Exception>()
        && ctx.raised_is(&class)
        && payload.field(2).is_none()
    {
        payload.set_field(1, Value::NONE);
    }
}

/// Raises a SyntaxError whose members are: message, file, line, offset, text, end line, end offset.
fn raise_with_place(ctx: &mut Ctx, class: &Ref<Class>, fields: Vec<Value>) -> Raised {
    let details = tuple::new_tuple(fields[1..].to_vec()).into_value();
    let exception = ctx.new_exception(class, vec![fields[0].clone(), details]);
    if let Some(payload) = exception.downcast_ref::<Exception>() {
        for (index, field) in fields.into_iter().enumerate() {
            payload.set_field(index, field);
        }
    }
    ctx.raise_value(exception)
}

fn with_newline(line: &str) -> Value {
    let mut line = line.to_owned();
    if !line.ends_with('\n') {
        line.push('\n');
    }
    new_str(line).into_value()
}

/// Runs a closure on a thread whose stack is large enough for the deepest nesting that the interpreter allows.
pub fn on_large_stack<R: Send + 'static>(body: impl FnOnce() -> R + Send + 'static) -> std::io::Result<R> {
    let thread = std::thread::Builder::new().name("main".to_owned()).stack_size(1 << 30).spawn(body)?;
    thread.join().map_err(|_| std::io::Error::other("the interpreter thread panicked"))
}
