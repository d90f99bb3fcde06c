//! What the text before the cursor could be completed to: names, attributes, modules, keywords, commands.

use coil::Interpreter;
use coil::objects::list::List;
use coil::objects::module::Module;
use coil::objects::string::{Str, intern};
use coil::objects::{Value, protocol};
use coil::stdlib::{NATIVE_MODULES, SOURCE_MODULES};

use super::commands::COMMANDS;
use super::editor::Completions;

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "match",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Completes the text.
pub(crate) fn complete(interpreter: &mut Interpreter, before: &str) -> Completions {
    let line = before.rsplit('\n').next().unwrap_or_default();
    if let Some(command) = before.strip_prefix(':')
        && !command.contains(' ')
    {
        return (1, matching(COMMANDS.iter().map(|command| command.name.to_owned()), command));
    }
    let start = before.len() - dotted_tail(before).len();
    let word = &before[start..];
    let statement = line.trim_start_matches("... ").trim_start();
    if let Some(package) = imported_from(statement) {
        return (start, matching(members(interpreter, package), word));
    }
    if statement.starts_with("import ") || statement.starts_with("from ") {
        return (start, matching(modules(interpreter), word));
    }
    match word.rsplit_once('.') {
        Some((owner, attribute)) => {
            let names = attributes(interpreter, owner);
            // Private names are offered to who asks for them.
            let wanted = names.into_iter().filter(|name| attribute.starts_with('_') || !name.starts_with('_'));
            (start + owner.len() + 1, matching(wanted, attribute))
        }
        None if word.is_empty() => (start, Vec::new()),
        None => {
            let mut names = globals(interpreter);
            names.extend(builtins(interpreter));
            names.extend(KEYWORDS.iter().map(|&keyword| keyword.to_owned()));
            (start, matching(names, word))
        }
    }
}

/// The module of `from MODULE import ...`.
fn imported_from(statement: &str) -> Option<&str> {
    let rest = statement.strip_prefix("from ")?;
    let (module, _) = rest.split_once(" import ")?;
    Some(module.trim())
}

/// The longest end of the text that is a dotted name.
fn dotted_tail(text: &str) -> &str {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
    let start =
        text.char_indices().rev().take_while(|(_, letter)| is_part(*letter)).last().map_or(text.len(), |(at, _)| at);
    &text[start..]
}

fn matching(names: impl IntoIterator<Item = String>, beginning: &str) -> Vec<String> {
    let mut found: Vec<String> = names.into_iter().filter(|name| name.starts_with(beginning)).collect();
    found.sort();
    found.dedup();
    found
}

fn strings(values: impl IntoIterator<Item = Value>) -> Vec<String> {
    values.into_iter().filter_map(|value| value.downcast_ref::<Str>().map(|text| text.as_str().to_owned())).collect()
}

fn main_dict(interpreter: &mut Interpreter) -> Vec<(Value, Value)> {
    let main = interpreter.ctx().modules.get_str(&intern("__main__")).unwrap_or_default();
    main.downcast_ref::<Module>().map(|main| main.dict.entries()).unwrap_or_default()
}

fn globals(interpreter: &mut Interpreter) -> Vec<String> {
    strings(main_dict(interpreter).into_iter().map(|(name, _)| name))
}

fn builtins(interpreter: &mut Interpreter) -> Vec<String> {
    strings(interpreter.ctx().builtins.entries().into_iter().map(|(name, _)| name))
}

fn modules(interpreter: &mut Interpreter) -> Vec<String> {
    let own = NATIVE_MODULES.iter().map(|(name, _)| *name).chain(SOURCE_MODULES.iter().map(|(name, ..)| *name));
    let mut names: Vec<String> = own.filter(|name| !name.starts_with('_')).map(str::to_owned).collect();
    names.extend(strings(interpreter.ctx().modules.entries().into_iter().map(|(name, _)| name)));
    names
}

/// The names in a module, which is imported for it if it is one of the library.
fn members(interpreter: &mut Interpreter, module: &str) -> Vec<String> {
    let loaded = interpreter.ctx().modules.get_str(&intern(module));
    let module = loaded.or_else(|| interpreter.import(module)).unwrap_or_default();
    directory(interpreter, &module)
}

/// The attributes of what a dotted name stands for. Looking may run code of the program, as everywhere in Python;
/// what it raises is dropped.
fn attributes(interpreter: &mut Interpreter, owner: &str) -> Vec<String> {
    let mut parts = owner.split('.');
    let first = parts.next().unwrap_or_default();
    let name = intern(first);
    let known = main_dict(interpreter).into_iter().find(|(own, _)| own.is(&name)).map(|(_, value)| value);
    let Some(mut value) = known.or_else(|| interpreter.ctx().builtins.get_str(&name)) else { return Vec::new() };
    for part in parts {
        let ctx = interpreter.ctx();
        value = match protocol::get_attr(ctx, &value, &intern(part)) {
            Ok(value) => value,
            Err(raised) => {
                drop(ctx.take_raised(raised));
                return Vec::new();
            }
        };
    }
    directory(interpreter, &value)
}

/// What `dir()` says.
fn directory(interpreter: &mut Interpreter, value: &Value) -> Vec<String> {
    let ctx = interpreter.ctx();
    let Some(dir) = ctx.builtins.get_str(&intern("dir")) else { return Vec::new() };
    match protocol::call(ctx, &dir, std::slice::from_ref(value)) {
        Ok(names) => names.downcast_ref::<List>().map(|names| strings(names.to_vec())).unwrap_or_default(),
        Err(raised) => {
            drop(ctx.take_raised(raised));
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use coil::Interpreter;
    use coil::host::TestHost;

    use super::complete;

    #[test]
    fn names_attributes_modules_and_commands_are_completed() {
        let mut interpreter = Interpreter::new(Box::new(TestHost::default()));
        interpreter.run_in_main(b"apple = 'text'\ndef apply(): pass\n", "<test>").expect("it is right");
        let mut of = |text: &str| complete(&mut interpreter, text);
        assert_eq!(of("print(appl"), (6, vec!["apple".to_owned(), "apply".to_owned()]));
        assert_eq!(of("apple.star"), (6, vec!["startswith".to_owned()]));
        assert_eq!(of("import itert"), (7, vec!["itertools".to_owned()]));
        assert_eq!(of("from itertools import cha"), (22, vec!["chain".to_owned()]));
        assert_eq!(of("yie"), (0, vec!["yield".to_owned()]));
        assert_eq!(of(":tra"), (1, vec!["trace".to_owned()]));
        assert_eq!(of("nothing.here."), (13, Vec::new()));
    }
}
