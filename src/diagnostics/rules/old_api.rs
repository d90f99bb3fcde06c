//! Rules about what older Pythons had (letter H): the names of the posts that a newer Python lacks.
//!
//! What was removed, when, and what to write today stands in [`removals`](crate::diagnostics::removals); a rule finds the
//! row from what the exception says. The names of Python 2 are here, because no Python 3 could undo their removal.

use coil_grammar::ast::ExprKind;

use super::pasting::is_bound;
use super::reading::{Line, between, is_name, is_vague, quoted, repairs, span};
use super::{Case, Finding, Occasion, Rule, SyntaxRule, Unread};
use crate::diagnostics::catalog::Code;
use crate::diagnostics::removals::{Removal, removal};
use crate::diagnostics::source::Place;

pub(super) static SYNTAX: &[SyntaxRule] = &[
    SyntaxRule { code: Code::H307, applies: statement_of_python_2 },
    SyntaxRule { code: Code::H304, applies: function_async },
    SyntaxRule { code: Code::H309, applies: keyword_as_name },
];

pub(super) static RULES: &[Rule] = &[
    Rule { code: Code::H307, applies: print_to_a_file },
    Rule { code: Code::H301, applies: coroutine_decorator },
    Rule { code: Code::H302, applies: abstract_class },
    Rule { code: Code::H303, applies: argument_loop },
    Rule { code: Code::H305, applies: tasks_of_the_class },
    Rule { code: Code::H306, applies: old_threading },
    Rule { code: Code::H308, applies: going_away },
    Rule { code: Code::H310, applies: removed },
    Rule { code: Code::H310, applies: name_of_python_2 },
];

/// Modules that are gone, the minor version that lacked them first, and what to use today (empty: nothing of Python's).
const MODULES: &[(&str, u8, &str)] = &[
    ("aifc", 13, ""),
    ("asynchat", 12, "asyncio"),
    ("asyncore", 12, "asyncio"),
    ("audioop", 13, ""),
    ("cgi", 13, "urllib.parse"),
    ("cgitb", 13, "traceback"),
    ("chunk", 13, ""),
    ("crypt", 13, "hashlib"),
    ("distutils", 12, ""),
    ("dummy_threading", 9, "threading"),
    ("formatter", 10, ""),
    ("imghdr", 13, ""),
    ("lib2to3", 13, "ast"),
    ("macpath", 8, "posixpath"),
    ("mailcap", 13, ""),
    ("nntplib", 13, ""),
    ("parser", 10, "ast"),
    ("pipes", 13, "subprocess"),
    ("smtpd", 12, ""),
    ("sndhdr", 13, ""),
    ("symbol", 10, "ast"),
    ("telnetlib", 13, ""),
    ("uu", 13, "base64"),
    ("xdrlib", 13, "struct"),
];

/// Names of Python 2, and what Python 3 has: modules, functions and types, methods.
const PYTHON_2: &[(&str, &str)] = &[
    ("BaseHTTPServer", "http.server"),
    ("ConfigParser", "configparser"),
    ("Cookie", "http.cookies"),
    ("HTMLParser", "html.parser"),
    ("Queue", "queue"),
    ("SimpleHTTPServer", "http.server"),
    ("SocketServer", "socketserver"),
    ("StringIO", "io.StringIO"),
    ("Tkinter", "tkinter"),
    ("__builtin__", "builtins"),
    ("apply", "function(*args)"),
    ("basestring", "str"),
    ("buffer", "memoryview"),
    ("cPickle", "pickle"),
    ("cStringIO", "io.StringIO"),
    ("cmp", "(a > b) - (a < b)"),
    ("commands", "subprocess"),
    ("cookielib", "http.cookiejar"),
    ("copy_reg", "copyreg"),
    ("dict.has_key", "key in dict"),
    ("dict.iteritems", "dict.items"),
    ("dict.iterkeys", "dict.keys"),
    ("dict.itervalues", "dict.values"),
    ("execfile", "exec(open(path).read())"),
    ("file", "open"),
    ("httplib", "http.client"),
    ("itertools.ifilter", "filter"),
    ("itertools.imap", "map"),
    ("itertools.izip", "zip"),
    ("itertools.izip_longest", "itertools.zip_longest"),
    ("long", "int"),
    ("md5", "hashlib.md5"),
    ("os.getcwdu", "os.getcwd"),
    ("raw_input", "input"),
    ("reduce", "functools.reduce"),
    ("reload", "importlib.reload"),
    ("sets", "set"),
    ("string.join", "str.join"),
    ("string.letters", "string.ascii_letters"),
    ("string.lowercase", "string.ascii_lowercase"),
    ("string.maketrans", "str.maketrans"),
    ("string.uppercase", "string.ascii_uppercase"),
    ("sys.maxint", "sys.maxsize"),
    ("thread", "threading"),
    ("unichr", "chr"),
    ("unicode", "str"),
    ("urllib.quote", "urllib.parse.quote"),
    ("urllib.urlencode", "urllib.parse.urlencode"),
    ("urllib.urlopen", "urllib.request.urlopen"),
    ("urllib2", "urllib.request"),
    ("urlparse", "urllib.parse"),
    ("xrange", "range"),
];

fn statement_of_python_2(case: &Unread) -> Option<Finding> {
    let name = between(&case.message, "Missing parentheses in call to '", "'")?;
    as_call(name, &case.place.clone()?)
}

/// `print >>file, text` is an operation on the function to Python 3, until it runs.
fn print_to_a_file(case: &mut Case<'_>) -> Option<Finding> {
    let is_shift = case.class == "TypeError"
        && case.message.starts_with("unsupported operand type(s) for >>: 'builtin_function_or_method' and ");
    let place = case.place().filter(|place| is_shift && place.text().starts_with("print"))?;
    as_call("print", &place)
}

/// A statement of Python 2, and the call that it is today.
fn as_call(name: &str, place: &Place) -> Option<Finding> {
    let line = Line::of(place)?;
    let rest = line.text.get(place.span.start as usize - line.start..)?;
    let values = rest.strip_prefix(name)?;
    // A comment at the end of the line is no part of the call.
    let code: usize = line.code().iter().map(|(start, part)| start + part.len()).max()?;
    let is_commented = line.text.get(code - line.start..).is_some_and(|rest| rest.trim_start().starts_with('#'));
    let comment = if is_commented { line.start + line.text.len() - code } else { 0 };
    let values = values.get(..values.len().checked_sub(comment)?)?;
    let (values, stream) = match values.trim().strip_prefix(">>").and_then(|rest| rest.split_once(',')) {
        Some((stream, values)) => (values.trim(), Some(stream.trim())),
        None => (values.trim(), None),
    };
    let (values, end) = match values.strip_suffix(',') {
        Some(values) => (values, ", end=' '"),
        None => (values, ""),
    };
    let stream = stream.map_or_else(String::new, |stream| format!(", file={stream}"));
    let call = format!("{name}({values}{end}{stream})");
    let effect = place.at(span(place.span.start as usize, name));
    Some(Finding::new().with("name", name).with("call", call).mark("effect", effect))
}

/// The words `async` and `await` on the line of a syntax error, the nearest to it first.
fn new_keywords(case: &Unread) -> Vec<(usize, &'static str)> {
    let Some(place) = case.place.clone().filter(|_| is_vague(case)) else { return Vec::new() };
    let Some(line) = Line::of(&place) else { return Vec::new() };
    let known = |word: &str| ["async", "await"].into_iter().find(|keyword| *keyword == word);
    let mut words: Vec<_> =
        line.words().into_iter().filter_map(|(at, word)| known(word).map(|word| (at, word))).collect();
    words.sort_by_key(|(at, _)| at.abs_diff(place.span.start as usize));
    words
}

fn function_async(case: &Unread) -> Option<Finding> {
    let place = case.place.clone()?;
    let source = &place.source;
    let is_function = |at: usize| source.text.get(..at).is_some_and(|before| before.ends_with("asyncio."));
    let (at, word) = new_keywords(case).into_iter().find(|(at, word)| *word == "async" && is_function(*at))?;
    repairs(case, span(at, word), "ensure_future").then(|| Finding::new().mark("effect", place.at(span(at, word))))
}

fn keyword_as_name(case: &Unread) -> Option<Finding> {
    let place = case.place.clone()?;
    let words = new_keywords(case);
    let (at, word) = words.into_iter().find(|(at, word)| {
        // The words that really are keywords on this line stay as they are.
        let replaced = format!("{word}_");
        repairs(case, span(*at, word), &replaced)
    })?;
    let effect = place.at(span(at, word));
    Some(Finding::new().with("name", word).mark("effect", effect))
}

/// The full name of what an exception says is not there, as the tables have it: `time.clock`, `imp`, `Thread.isAlive`.
fn missing(case: &Case<'_>) -> Option<String> {
    let message = &*case.message;
    let parts = quoted(message);
    match (&*case.class, parts.as_slice()) {
        ("AttributeError", [owner, name, ..]) if message.starts_with("module '") => Some(format!("{owner}.{name}")),
        ("AttributeError", [owner, name, ..]) if message.starts_with("type object '") => {
            Some(format!("{}.{name}", owner.replace("_asyncio.", "asyncio.")))
        }
        ("AttributeError", [owner, name, ..]) if message.contains("' object has no attribute '") => {
            Some(format!("{owner}.{name}"))
        }
        ("ImportError", [name, module, ..]) if message.starts_with("cannot import name '") => {
            Some(format!("{module}.{name}"))
        }
        ("ModuleNotFoundError", [module, ..]) => Some((*module).to_owned()),
        ("NameError", [name, ..]) => Some((*name).to_owned()),
        _ => None,
    }
}

/// The name without its module.
fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn coroutine_decorator(case: &mut Case<'_>) -> Option<Finding> {
    if warns(case, "\"@coroutine\" decorator is deprecated since Python 3.8") {
        return Some(Finding::new());
    }
    (missing(case)? == "asyncio.coroutine").then(Finding::new)
}

fn abstract_class(case: &mut Case<'_>) -> Option<Finding> {
    if warns(case, "Using or importing the ABCs from 'collections'") {
        // The line names the class, if it names only one.
        let place = case.place()?;
        let names = |word: &&str| removal(&format!("collections.{word}")).is_some_and(|row| row.today.contains("abc"));
        let words: Vec<&str> = Line::of(&place)?.words().into_iter().map(|(_, word)| word).filter(names).collect();
        let [name] = words[..] else { return None };
        return Some(Finding::new().with("name", name));
    }
    let name = missing(case)?;
    let row = removal(&name)?;
    let moved = name.starts_with("collections.") && row.today.starts_with("collections.abc.");
    moved.then(|| Finding::new().with("name", last_part(&name)))
}

fn argument_loop(case: &mut Case<'_>) -> Option<Finding> {
    if warns(case, "The loop argument is deprecated since Python 3.8") {
        return Some(Finding::new().headline("any"));
    }
    if case.class != "TypeError" {
        return None;
    }
    let message = &*case.message;
    let function = if message.ends_with("got an unexpected keyword argument 'loop'") {
        message.split("() got").next()?.rsplit('.').find(|part| *part != "__init__")?.trim_start_matches('_').to_owned()
    } else {
        between(message, "the *loop* parameter was removed from ", "()")?.to_owned()
    };
    let place = case.place()?;
    // The failing place is the call, or the `await` around it.
    let mut found = None;
    place.source.for_each_node(&mut |node| {
        let span = node.span();
        let overlaps = span.start < place.span.end && place.span.start < span.end;
        if let Some(ExprKind::Call { func, keywords, .. }) = node.expr().map(|expr| &expr.kind)
            && overlaps
            && let Some(argument) = keywords.iter().find(|keyword| keyword.arg.as_deref() == Some("loop"))
        {
            found = Some((func.span, argument.span));
        }
        overlaps
    });
    let (func, argument) = found?;
    // Only asyncio's own calls: a function of the program may simply lack the parameter.
    let callee = place.at(func).text().to_owned();
    let root = callee.split(['.', '(']).next().unwrap_or_default().to_owned();
    let is_own = is_name(&callee) && place.source.function(&callee).is_some();
    if is_own || (root != "asyncio" && !place.source.text.contains("asyncio")) {
        return None;
    }
    Some(Finding::new().with("function", function).mark("effect", place.at(argument)))
}

fn tasks_of_the_class(case: &mut Case<'_>) -> Option<Finding> {
    let name = missing(case)?;
    let method = name.strip_prefix("asyncio.Task.")?;
    ["all_tasks", "current_task"].contains(&method).then(|| Finding::new().with("name", method))
}

/// Whether Python warns in these words.
fn warns(case: &Case<'_>, words: &str) -> bool {
    case.occasion == Occasion::Warning && case.message.starts_with(words)
}

fn old_threading(case: &mut Case<'_>) -> Option<Finding> {
    if case.occasion != Occasion::Warning || !case.class.ends_with("DeprecationWarning") {
        return None;
    }
    let old = case.message.split_once("() is deprecated, ")?.0.to_owned();
    let known = ["currentThread", "activeCount", "notifyAll", "isDaemon", "setDaemon", "getName", "setName", "isSet"];
    if !known.contains(&&*old) {
        return None;
    }
    // "use current_thread() instead" or "get the daemon attribute instead"
    let new = match between(&case.message, "use ", "() instead") {
        Some(function) => format!("{function}()"),
        None => between(&case.message, "the ", " attribute")?.to_owned(),
    };
    Some(Finding::new().with("old", format!("{old}()")).with("new", format!("`{new}`")))
}

fn going_away(case: &mut Case<'_>) -> Option<Finding> {
    if case.occasion != Occasion::Warning || !case.class.ends_with("DeprecationWarning") {
        return None;
    }
    let name = between(&case.message, "'", "' is deprecated and slated for removal in Python 3.16")?.to_owned();
    let today = match &*name {
        "asyncio.iscoroutinefunction" => "inspect.iscoroutinefunction(...)",
        _ => "asyncio.run(main(), loop_factory=...)",
    };
    Some(Finding::new().with("name", name).with("today", format!("`{today}`")))
}

/// The finding for a row of the table: how to word what to write today.
pub(super) fn today(finding: Finding, today: &str) -> Finding {
    let code = |text: &str| text.trim_matches('`').to_owned();
    if today.starts_with("nothing") {
        return finding.help("itself");
    }
    if let Some(part) = today.strip_prefix("leave ").and_then(|rest| rest.strip_suffix(" out")) {
        return finding.help("leave_out").with("today", code(part));
    }
    let pieces: Vec<String> = today
        .split(" or ")
        .flat_map(|piece| piece.split(" and "))
        .map(|piece| code(piece.trim().trim_end_matches(',').trim_end_matches(" with tasks")))
        .collect();
    match pieces.as_slice() {
        [only] if only.starts_with("the package ") => {
            finding.help("package").with("today", only.trim_start_matches("the package "))
        }
        [first, second] if first.starts_with("the package ") => finding.help("one").with("today", second.as_str()),
        [first, second] => finding.help("two").with("today", first.as_str()).with("other", second.as_str()),
        _ => finding.help("one").with("today", code(today)),
    }
}

/// The row of the table for an exception.
fn row(case: &Case<'_>) -> Option<&'static Removal> {
    let message = &*case.message;
    if case.class == "TypeError" {
        let name = match message {
            "object Lock can't be used in 'await' expression" => "with await asyncio.Lock()",
            _ if message.starts_with("Population must be a sequence") => "random.sample(set)",
            _ if message.starts_with("Random.shuffle() takes 2 positional arguments but 3") => {
                "random.shuffle(x, random)"
            }
            _ if message.ends_with("got an unexpected keyword argument 'encoding'")
                && message.contains("JSONDecoder") =>
            {
                "json.loads(encoding=)"
            }
            _ => return None,
        };
        return removal(name);
    }
    let name = missing(case)?;
    removal(&name).or_else(|| {
        // Methods are listed under the full name of their class.
        let (owner, method) = name.split_once('.')?;
        let class = match owner {
            "Thread" => "threading.Thread",
            _ if method.starts_with("assert") || method.starts_with("fail") => "unittest.TestCase",
            _ => return None,
        };
        removal(&format!("{class}.{method}"))
    })
}

fn removed(case: &mut Case<'_>) -> Option<Finding> {
    if let Some(row) = row(case) {
        let finding = Finding::new().with("name", row.name).with("since", row.since.to_string());
        return Some(today(finding, row.today));
    }
    let name = missing(case).filter(|_| case.class == "ModuleNotFoundError")?;
    let top = name.split('.').next().unwrap_or(&name);
    let (module, since, new) = MODULES.iter().find(|row| row.0 == top)?;
    let finding = Finding::new().with("name", *module).with("since", since.to_string());
    Some(if new.is_empty() { finding.help("elsewhere") } else { finding.help("one").with("today", *new) })
}

fn name_of_python_2(case: &mut Case<'_>) -> Option<Finding> {
    let name = missing(case)?;
    if name == "str.decode" {
        return Some(Finding::new().headline("two").help("leave_out").with("name", name).with("today", ".decode()"));
    }
    let (name, new) = PYTHON_2.iter().find(|row| row.0 == name)?;
    if case.class == "NameError" {
        // A module's name that was not imported, or a variable that was forgotten, may be called the same.
        let place = case.place()?;
        let nodes = place.source.nodes(place.span);
        let is_called = nodes.iter().any(|node| {
            matches!(node.expr().map(|expr| &expr.kind), Some(ExprKind::Call { func, .. }) if func.span == place.span)
        });
        let is_known = ["basestring", "unichr", "unicode", "raw_input", "xrange"].contains(name);
        let is_function = new.chars().next().is_some_and(|first| first == '(' || first.is_lowercase())
            && !name.starts_with(|first: char| first.is_uppercase())
            && !["commands", "sets", "thread", "urllib2", "urlparse"].contains(name);
        if !(is_known || is_called && is_function) || is_bound(&place.source, name) {
            return None;
        }
    }
    Some(Finding::new().headline("two").help("one").with("name", *name).with("today", *new))
}

/// The finding for something that the program may use in Coil although Python removed it: the code, and what to say.
pub(in crate::diagnostics) fn undone(row: &Removal) -> (Code, Finding) {
    let last = last_part(row.name);
    match row.name {
        "asyncio.coroutine" => (Code::H301, Finding::new()),
        "asyncio.*(loop=)" => (Code::H303, Finding::new().headline("any")),
        "asyncio.async" => (Code::H304, Finding::new()),
        "asyncio.Task.all_tasks" | "asyncio.Task.current_task" => (Code::H305, Finding::new().with("name", last)),
        name if name.starts_with("collections.") && row.today.starts_with("collections.abc.") => {
            (Code::H302, Finding::new().with("name", last))
        }
        name => {
            let finding = Finding::new().variant("gone").with("name", name).with("since", row.since.to_string());
            (Code::H310, today(finding, row.today))
        }
    }
}
