//! Rules about typing and pasting from a page (letter T): characters that only look like Python's, indentation, words
//! with letters exchanged, prompts and signatures copied along, and names that only another part of the page defines.

use coil_grammar::ast::{ExprKind, StmtKind};
use coil_grammar::span::Span;
use coil_grammar::token::Token;

use super::reading::{Line, between, code, distance, is_name, is_vague, repairs, span};
use super::{Case, Finding, Rule, SyntaxRule, Unread};
use crate::diagnostics::catalog::Code;
use crate::diagnostics::source::{Node, Place, Source};
use crate::objects::module::Module;
use crate::objects::set::Set;
use crate::objects::string::{Str, intern};

pub(super) static SYNTAX: &[SyntaxRule] = &[
    SyntaxRule { code: Code::T402, applies: quotes },
    SyntaxRule { code: Code::T401, applies: full_width },
    SyntaxRule { code: Code::T403, applies: invisible },
    SyntaxRule { code: Code::T404, applies: tabs_and_spaces },
    SyntaxRule { code: Code::T405, applies: indentation },
    SyntaxRule { code: Code::T409, applies: prompts },
    SyntaxRule { code: Code::T411, applies: signature },
    SyntaxRule { code: Code::T406, applies: keyword },
];

pub(super) static RULES: &[Rule] = &[
    Rule { code: Code::T406, applies: keyword_alone },
    Rule { code: Code::T410, applies: own_file },
    Rule { code: Code::T407, applies: module_name },
    Rule { code: Code::T408, applies: missing_import },
    Rule { code: Code::T412, applies: undefined_call },
];

/// How many further places of the same kind are marked.
const MOST_MARKS: usize = 6;
/// How many lines below the first one they may be.
const NEARBY: u32 = 8;

/// Punctuation of Chinese and of print: the character, the one of ASCII, and the key of what it is called.
const PUNCTUATION: &[(char, &str, &str)] = &[
    ('，', ",", "comma"),
    ('。', ".", "full_stop"),
    ('．', ".", "full_stop"),
    ('：', ":", "colon"),
    ('；', ";", "semicolon"),
    ('（', "(", "bracket"),
    ('）', ")", "bracket"),
    ('［', "[", "bracket"),
    ('］', "]", "bracket"),
    ('【', "[", "bracket"),
    ('】', "]", "bracket"),
    ('｛', "{", "bracket"),
    ('｝', "}", "bracket"),
    ('《', "<", "sign"),
    ('》', ">", "sign"),
    ('、', ",", "enumeration_comma"),
    ('？', "?", "question_mark"),
    ('！', "!", "exclamation_mark"),
    ('＝', "=", "equals_sign"),
    ('—', "-", "dash"),
    ('–', "-", "dash"),
    ('−', "-", "dash"),
    ('…', "...", "sign"),
    ('×', "*", "sign"),
    ('÷', "/", "sign"),
    ('≤', "<=", "sign"),
    ('≥', ">=", "sign"),
    ('≠', "!=", "sign"),
];

/// Quotation marks that open or close a text in print, and those of ASCII.
const QUOTES: &[(char, &str)] = &[
    ('“', "\""),
    ('”', "\""),
    ('„', "\""),
    ('‟', "\""),
    ('«', "\""),
    ('»', "\""),
    ('″', "\""),
    ('＂', "\""),
    ('「', "\""),
    ('」', "\""),
    ('『', "\""),
    ('』', "\""),
    ('‘', "'"),
    ('’', "'"),
    ('‚', "'"),
    ('‛', "'"),
    ('′', "'"),
    ('＇', "'"),
    ('´', "'"),
];

/// The ASCII form of a punctuation mark, and the key of its name.
fn punctuation(character: char) -> Option<(String, &'static str)> {
    if let Some((_, ascii, key)) = PUNCTUATION.iter().find(|row| row.0 == character) {
        return Some(((*ascii).to_owned(), key));
    }
    // The block of full-width forms repeats ASCII in its order.
    let ascii = u32::from(character).checked_sub(0xFEE0).filter(|code| (0x21..0x7F).contains(code))?;
    char::from_u32(ascii).map(|ascii| (ascii.to_string(), "character"))
}

fn quote(character: char) -> Option<&'static str> {
    QUOTES.iter().find(|row| row.0 == character).map(|row| row.1)
}

/// Further places below the first one where `matches` holds of a character of the code.
fn further(place: &Place, matches: impl Fn(char) -> bool) -> Vec<Place> {
    let text = &place.source.text;
    let parts = code(text);
    let in_code = |at: usize| parts.iter().any(|part| part.contains(&at));
    let from = place.span.start as usize;
    let candidates = text.char_indices().filter(|(at, letter)| *at > from && matches(*letter) && in_code(*at));
    let near = candidates.map(|(at, letter)| place.at(span(at, letter.encode_utf8(&mut [0; 4]))));
    near.take_while(|other| other.line() <= place.line() + NEARBY).take(MOST_MARKS).collect()
}

fn mark_all(finding: Finding, places: Vec<Place>) -> Finding {
    places.into_iter().fold(finding, |finding, place| finding.mark("also", place))
}

/// The character that Python refuses, and its place.
fn refused(case: &Unread) -> Option<(char, Place)> {
    let character = between(&case.message, "invalid character '", "' (U+")?.chars().next()?;
    let place = case.place.clone()?;
    let start = place.span.start as usize;
    let found = place.source.text.get(start..)?.starts_with(character);
    found.then(|| (character, place.at(span(start, character.encode_utf8(&mut [0; 4])))))
}

fn quotes(case: &Unread) -> Option<Finding> {
    let (character, place) = refused(case)?;
    let ascii = quote(character)?;
    let others = further(&place, |letter| quote(letter).is_some());
    let finding = Finding::new().with("character", character).with("ascii", ascii).mark("effect", place);
    Some(mark_all(finding, others))
}

fn full_width(case: &Unread) -> Option<Finding> {
    let (character, place) = refused(case)?;
    let (ascii, key) = punctuation(character)?;
    let others = further(&place, |letter| punctuation(letter).is_some());
    let finding = Finding::new().with("character", character).with("ascii", ascii).word("what", key);
    Some(mark_all(finding.mark("effect", place), others))
}

fn invisible(case: &Unread) -> Option<Finding> {
    let code = between(&format!("{}\n", case.message), "invalid non-printable character ", "\n")?.to_owned();
    let character = u32::from_str_radix(code.strip_prefix("U+")?, 16).ok().and_then(char::from_u32)?;
    let place = case.place.clone()?;
    let start = place.span.start as usize;
    let run: &str = place.source.text.get(start..)?;
    let length = run.len() - run.trim_start_matches(character).len();
    let line = Line::of(&place)?;
    let key = match character {
        '\u{a0}' | '\u{202f}' => "no_break_space",
        '\u{3000}' => "ideographic_space",
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => "zero_width",
        '\u{2000}'..='\u{200a}' | '\u{205f}' => "wide_space",
        _ => "control_character",
    };
    let count = line.text.matches(character).count();
    let effect = place.at(Span::new(start as u32, (start + length) as u32));
    let finding = Finding::new().with("line", line.number.to_string()).with("count", count.to_string());
    Some(finding.with("code", code).word("what", key).mark("effect", effect))
}

/// Blanks as they are drawn.
fn drawn(blanks: &str) -> String {
    blanks.chars().map(|blank| if blank == '\t' { '→' } else { '·' }).collect()
}

fn tabs_and_spaces(case: &Unread) -> Option<Finding> {
    if case.class != "TabError" {
        return None;
    }
    let place = case.place.clone()?;
    let source = place.source;
    let line = Line::numbered(&source, source.lines.line(place.span.start))?;
    let own_tabs = line.indent().contains('\t');
    let differs = |other: &Line<'_>| {
        !other.is_blank() && !other.indent().is_empty() && (other.indent().contains('\t') != own_tabs)
    };
    let other = (1..line.number).rev().filter_map(|number| Line::numbered(&source, number)).find(differs)?;
    let finding = Finding::new()
        .with("first", other.number.to_string())
        .with("first_indent", drawn(other.indent()))
        .with("second", line.number.to_string())
        .with("second_indent", drawn(line.indent()));
    let finding = finding.mark("effect", indent_place(&source, &line)).mark("first", indent_place(&source, &other));
    Some(finding.showing_blanks())
}

/// The place of a line's indentation; of its content, when it is not indented.
fn indent_place(source: &std::rc::Rc<Source>, line: &Line<'_>) -> Place {
    let part = if line.indent().is_empty() { line.content() } else { line.indent() };
    source.place(line.span_of(part))
}

/// The column after a line's indentation.
fn columns(line: &Line<'_>) -> usize {
    line.indent().chars().fold(0, |column, blank| if blank == '\t' { (column / 8 + 1) * 8 } else { column + 1 })
}

fn indentation(case: &Unread) -> Option<Finding> {
    if case.class != "IndentationError" || case.message.starts_with("too many") {
        return None;
    }
    let place = case.place.clone()?;
    let source = place.source;
    let line = Line::numbered(&source, source.lines.line(place.span.start))?;
    let above =
        (1..line.number).rev().filter_map(|number| Line::numbered(&source, number)).find(|line| !line.is_blank());
    let finding =
        Finding::new().with("columns", columns(&line).to_string()).mark("effect", indent_place(&source, &line));
    if case.message.starts_with("expected an indented block") {
        // The message ends in the number of the line that opens the block.
        let number = case.message.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(line.number - 1);
        let opens = source.line_place(number);
        return Some(finding.variant("missing").with("line", number.to_string()).mark("opens", opens));
    }
    if case.message.starts_with("unindent") {
        // Blocks that are over do not count.
        let mut around: Vec<usize> = Vec::new();
        let lines = (1..line.number).rev().filter_map(|number| Line::numbered(&source, number));
        for column in lines.filter(|other| !other.is_blank()).map(|other| columns(&other)) {
            if around.last().is_none_or(|least| column < *least) {
                around.push(column);
            }
        }
        around.reverse();
        let around: Vec<String> = around.iter().map(usize::to_string).collect();
        return Some(finding.variant("outer").with("around", around.join(", ")));
    }
    Some(match above {
        None => finding.variant("first"),
        Some(above) => {
            let above_columns = columns(&above).to_string();
            let place = (!above.indent().is_empty()).then(|| indent_place(&source, &above));
            finding.with("above", above_columns).mark("above", place)
        }
    })
}

/// The prompt or mark of quotation that a line begins with.
fn prompt<'s>(line: &Line<'s>) -> Option<&'s str> {
    let content = line.content();
    ["In [", ">>>", "...", "$ ", "> "].into_iter().find(|prompt| content.starts_with(prompt)).map(|prompt| {
        let length =
            if prompt == "In [" { content.find(':').map_or(prompt.len(), |at| at + 1) } else { prompt.trim().len() };
        &content[..length]
    })
}

fn prompts(case: &Unread) -> Option<Finding> {
    let place = case.place.clone()?;
    let line = Line::of(&place)?;
    let own = prompt(&line)?;
    if own == "..." && case.message != "invalid syntax" {
        return None;
    }
    let below = (line.number + 1..=line.number + NEARBY).filter_map(|number| Line::numbered(&place.source, number));
    let others: Vec<Place> =
        below.filter_map(|line| prompt(&line).map(|part| place.at(line.span_of(part)))).take(MOST_MARKS).collect();
    let finding = Finding::new().with("prompt", own).mark("effect", place.at(line.span_of(own)));
    Some(mark_all(finding, others))
}

fn signature(case: &Unread) -> Option<Finding> {
    /// What the documentation writes before a name.
    const KINDS: &[&str] = &[
        "awaitable",
        "coroutine",
        "classmethod",
        "staticmethod",
        "method",
        "abstractmethod",
        "function",
        "property",
        "exception",
        "class",
        "attribute",
        "decorator",
        "async",
    ];
    let place = case.place.clone()?;
    let line = Line::of(&place)?;
    let (word, rest) = line.first_word()?;
    let rest = rest.strip_prefix(' ')?;
    let end = rest.find(['(', ' ', ':', '=']).unwrap_or(rest.len());
    let (name, behind) = rest.split_at(end);
    let is_signature =
        KINDS.contains(&word) && name.contains('.') && name.split('.').all(is_name) && !behind.ends_with(':');
    let effect = place.at(line.span_of(word));
    is_signature.then(|| Finding::new().with("word", word).with("name", name).mark("effect", effect))
}

/// Words of other languages that come near to a keyword; they have rules of their own.
const FOREIGN: &[&str] = &[
    "elseif", "elsif", "function", "func", "foreach", "fun", "let", "var", "const", "print", "switch", "unless",
    "until",
];

fn keyword(case: &Unread) -> Option<Finding> {
    let place = case.place.clone().filter(|_| is_vague(case))?;
    let line = Line::of(&place)?;
    let mut words = line.words();
    words.retain(|(_, word)| word.len() > 1 && !Token::KEYWORDS.contains(word) && !FOREIGN.contains(word));
    words.sort_by_key(|(at, _)| at.abs_diff(place.span.start as usize));
    for (at, word) in words {
        let most = if word.len() < 5 { 1 } else { 2 };
        let mut near: Vec<(usize, &str)> = Token::KEYWORDS
            .iter()
            .filter(|keyword| keyword.len() > 1)
            .filter_map(|keyword| distance(word, keyword, most).map(|distance| (distance, *keyword)))
            .collect();
        near.sort_unstable();
        if let Some((_, keyword)) = near.into_iter().find(|(_, keyword)| repairs(case, span(at, word), keyword)) {
            return Some(keyword_finding(word, keyword).mark("effect", place.at(span(at, word))));
        }
    }
    None
}

fn keyword_finding(word: &str, keyword: &str) -> Finding {
    Finding::new().with("word", word).with("keyword", keyword)
}

/// A statement that is nothing but a name without meaning, one letter away from a statement: `brek`.
fn keyword_alone(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "NameError" {
        return None;
    }
    let place = case.place()?;
    let word = place.text().to_owned();
    let is_statement = place.source.nodes(place.span).iter().any(|node| {
        matches!(node, Node::Stmt(statement) if statement.span == place.span && matches!(statement.kind, StmtKind::Expr { .. }))
    });
    let keywords = ["pass", "break", "continue", "return", "raise", "yield"];
    let keyword = keywords.into_iter().find(|keyword| distance(&word, keyword, 1).is_some())?;
    is_statement.then(|| keyword_finding(&word, keyword))
}

fn own_file(case: &mut Case<'_>) -> Option<Finding> {
    // CPython's own finding (3.13): the file is named like a module of the standard library.
    let path = between(&case.message, "(consider renaming '", "'")?;
    if !case.message.contains("standard library module") {
        return None;
    }
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
    let module = file.trim_end_matches(".py").to_owned();
    Some(Finding::new().with("file", file).with("module", module))
}

/// The undefined name of a NameError, or the module that was not found.
fn missing_name(case: &Case<'_>) -> Option<String> {
    match &*case.class {
        "NameError" => between(&case.message, "name '", "' is not defined").map(str::to_owned),
        "ModuleNotFoundError" => between(&case.message, "No module named '", "'").map(str::to_owned),
        _ => None,
    }
}

/// The names of the modules of the standard library.
pub(super) fn library(case: &mut Case<'_>) -> Vec<String> {
    case.ctx.complete_sys();
    let names = case.ctx.sys.get_str(&intern("stdlib_module_names"));
    let items = names.and_then(|names| names.downcast_ref::<Set>().map(|names| names.keys())).unwrap_or_default();
    items.iter().filter_map(|name| name.downcast_ref::<Str>().map(|name| name.as_str().to_owned())).collect()
}

fn module_name(case: &mut Case<'_>) -> Option<Finding> {
    let name = missing_name(case)?;
    let place = case.place()?;
    let most = if name.len() < 5 { 1 } else { 2 };
    // What the program imported comes first.
    let imported = place.source.tree().and_then(|tree| {
        tree.body.iter().find_map(|statement| match &statement.kind {
            StmtKind::Import { names } => names.iter().find_map(|alias| {
                let bound = alias.asname.as_deref().unwrap_or(&alias.name);
                let close = distance(&name, bound, most).is_some_and(|distance| distance > 0);
                close.then(|| (bound.to_owned(), statement.span))
            }),
            _ => None,
        })
    });
    if let Some((module, import)) = imported
        && case.class == "NameError"
        && case.value_of(&module).is_some_and(|value| value.is_kind::<Module>())
    {
        let finding = Finding::new().with("name", name).with("module", module);
        return Some(finding.mark("imported", place.at(import)));
    }
    // A name with a dot behind it may be a module that the program did not import at all.
    let nodes = place.source.nodes(place.span);
    let is_attribute = nodes.iter().any(|node| {
        matches!(node.expr().map(|expr| &expr.kind), Some(ExprKind::Attribute { value, .. }) if value.span == place.span)
    });
    if case.class == "NameError" && !is_attribute {
        return None;
    }
    // Among so many, two letters amiss in a short name mean nothing.
    let most = if name.len() < 7 { 1 } else { 2 };
    let mut near: Vec<(usize, String)> = library(case)
        .into_iter()
        .filter(|module| !module.starts_with('_') && module.len() > 3)
        .filter_map(|module| distance(&name, &module, most).map(|distance| (distance, module)))
        .filter(|(distance, _)| *distance > 0)
        .collect();
    near.sort();
    let (_, module) = near.into_iter().next()?;
    Some(Finding::new().with("name", name).with("module", module))
}

fn missing_import(case: &mut Case<'_>) -> Option<Finding> {
    let forgotten = case.plain.iter().any(|line| line.contains("id you forget to import"));
    let name = missing_name(case)?;
    (forgotten && case.class == "NameError").then(|| Finding::new().with("name", name))
}

fn undefined_call(case: &mut Case<'_>) -> Option<Finding> {
    let name = missing_name(case).filter(|_| case.class == "NameError")?;
    let place = case.place()?;
    let nodes = place.source.nodes(place.span);
    let is_called = nodes.iter().any(|node| {
        matches!(node.expr().map(|expr| &expr.kind), Some(ExprKind::Call { func, .. }) if func.span == place.span)
    });
    if !is_called || is_bound(&place.source, &name) {
        return None;
    }
    // One letter amiss is a slip of the hand; P501 says which name was meant.
    let suggestion = super::reading::suggested(&case.plain);
    let slipped = suggestion.is_some_and(|close| {
        let close = close.strip_prefix("self.").unwrap_or(close);
        distance(&name.to_lowercase(), &close.to_lowercase(), 1).is_some()
    });
    (!slipped).then(|| Finding::new().with("name", name))
}

/// Whether anything in a file binds a name.
pub(super) fn is_bound(source: &Source, name: &str) -> bool {
    let mut found = false;
    source.for_each_node(&mut |node| {
        found |= match node {
            Node::Stmt(statement) => match &statement.kind {
                StmtKind::FunctionDef(def) | StmtKind::AsyncFunctionDef(def) => &*def.name == name,
                StmtKind::ClassDef(class) => &*class.name == name,
                StmtKind::Import { names } | StmtKind::ImportFrom { names, .. } => {
                    names.iter().any(|alias| alias.asname.as_deref().unwrap_or(&alias.name) == name)
                }
                _ => false,
            },
            Node::Expr(expression) => matches!(&expression.kind, ExprKind::Name { id, ctx, .. }
                if &**id == name && !matches!(ctx, coil_grammar::ast::ExprContext::Load)),
            Node::Handler(_) => false,
        };
        !found
    });
    found
}
