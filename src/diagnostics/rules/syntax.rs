//! Rules about syntax errors without a row of their own (letter S): what is missing, and what is written as in another
//! language.
//!
//! The words of CPython's message decide most of them. Where the message is only "invalid syntax", the words around the
//! place are looked at, and what they seem to be is put to the test by [`repairs`]. S899 takes the rest, so that every
//! syntax error has a code.

use coil_grammar::span::Span;
use coil_grammar::token::Token;

use super::reading::{Line, between, code, is_name, is_vague, quoted, repairs, span};
use super::{Case, Finding, Rule, SyntaxRule, Unread};
use crate::diagnostics::catalog::Code;
use crate::diagnostics::source::Place;

pub(super) static RULES: &[SyntaxRule] = &[
    // Other languages first: their mistakes look like many others to the parser.
    SyntaxRule { code: Code::S809, applies: else_if },
    SyntaxRule { code: Code::S825, applies: function },
    SyntaxRule { code: Code::S814, applies: declaration },
    SyntaxRule { code: Code::S815, applies: comment },
    SyntaxRule { code: Code::S813, applies: switch },
    SyntaxRule { code: Code::S824, applies: braces },
    SyntaxRule { code: Code::S810, applies: logical_signs },
    SyntaxRule { code: Code::S811, applies: counting },
    SyntaxRule { code: Code::S828, applies: missing_value },
    SyntaxRule { code: Code::S801, applies: missing_in },
    SyntaxRule { code: Code::S801, applies: missing_colon },
    SyntaxRule { code: Code::S802, applies: missing_bracket },
    SyntaxRule { code: Code::S806, applies: statement_with_walrus },
    SyntaxRule { code: Code::S812, applies: foreign_word },
    SyntaxRule { code: Code::S808, applies: keyword_as_name },
    // What the message tells.
    SyntaxRule { code: Code::S801, applies: missing_token },
    SyntaxRule { code: Code::S802, applies: never_closed },
    SyntaxRule { code: Code::S803, applies: wrong_bracket },
    SyntaxRule { code: Code::S804, applies: open_string },
    SyntaxRule { code: Code::S806, applies: single_equals },
    SyntaxRule { code: Code::S805, applies: assignment },
    SyntaxRule { code: Code::S807, applies: comma },
    SyntaxRule { code: Code::S816, applies: f_string },
    SyntaxRule { code: Code::S817, applies: misplaced },
    SyntaxRule { code: Code::S818, applies: number },
    SyntaxRule { code: Code::S819, applies: incomplete_try },
    SyntaxRule { code: Code::S820, applies: order_of_arguments },
    SyntaxRule { code: Code::S821, applies: scope },
    SyntaxRule { code: Code::S822, applies: escape },
    SyntaxRule { code: Code::S823, applies: continuation },
    SyntaxRule { code: Code::S826, applies: import },
    SyntaxRule { code: Code::S827, applies: encoding },
    SyntaxRule { code: Code::S829, applies: star },
    SyntaxRule { code: Code::S830, applies: pattern },
    SyntaxRule { code: Code::S831, applies: too_complex },
    SyntaxRule { code: Code::S899, applies: anything },
];

/// A word of another language that Python reads as a name.
pub(super) static NAMES: &[Rule] = &[Rule { code: Code::S812, applies: fixed_value }];

/// The place of a syntax error.
fn place(case: &Unread) -> Option<Place> {
    case.place.clone().filter(|_| case.class == "SyntaxError")
}

/// The finding when the message is one of these, or begins with one that ends in a star.
fn worded(case: &Unread, messages: &[&str]) -> Option<Finding> {
    let is_syntax = ["SyntaxError", "IndentationError", "MemoryError", "RecursionError"].contains(&&*case.class);
    let fits = |pattern: &&str| match pattern.strip_suffix('*') {
        Some(start) => case.message.starts_with(start),
        None => case.message == **pattern,
    };
    (is_syntax && messages.iter().any(fits)).then(Finding::new)
}

fn else_if(case: &Unread) -> Option<Finding> {
    let place = place(case).filter(|_| is_vague(case))?;
    let line = Line::of(&place)?;
    let content = line.content().trim_start_matches(['}', ' ']);
    let text = ["else if", "elseif", "elsif"]
        .into_iter()
        .find(|word| content.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '(', '\t'])))?;
    let at = line.span_of(content).start as usize;
    Some(Finding::new().with("text", text).mark("effect", place.at(span(at, text))))
}

fn function(case: &Unread) -> Option<Finding> {
    let place = place(case).filter(|_| is_vague(case))?;
    let line = Line::of(&place)?;
    if let Some(at) = line.text.find("=>").filter(|at| line.start + at + 2 >= place.span.start as usize) {
        let effect = place.at(span(line.start + at, "=>"));
        return Some(Finding::new().variant("arrow").mark("effect", effect));
    }
    let mut words = line.words().into_iter();
    let (start, first) = words.next()?;
    const STARTS: &[&str] =
        &["function", "func", "fn", "fun", "sub", "procedure", "public", "private", "protected", "static", "void"];
    if !STARTS.contains(&first) {
        return None;
    }
    // The name is the word before the parenthesis.
    let open = line.text.find('(')? + line.start;
    let (at, name) = words.rfind(|(at, word)| at + word.len() <= open)?;
    let touches = place.source.text.get(at + name.len()..open)?.trim().is_empty();
    let words = place.source.text.get(start..at)?.trim().to_owned();
    let finding = Finding::new().with("name", name).with("word", &*words);
    touches.then(|| finding.mark("effect", place.at(span(start, &words))))
}

fn declaration(case: &Unread) -> Option<Finding> {
    const WORDS: &[&str] = &[
        "var", "let", "const", "int", "float", "double", "long", "short", "char", "string", "String", "str", "bool",
        "boolean", "auto", "final", "val", "my", "local", "dim", "Dim", "unsigned",
    ];
    let place = place(case).filter(|_| is_vague(case))?;
    let line = Line::of(&place)?;
    let (word, rest) = line.first_word()?;
    let trimmed = rest.trim_start();
    let end = trimmed.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(trimmed.len());
    let (name, behind) = trimmed.split_at(end);
    let behind = behind.trim_start();
    let declares = WORDS.contains(&word)
        && trimmed.len() < rest.len()
        && is_name(name)
        && (behind.is_empty()
            || behind.starts_with([';', ','])
            || (behind.starts_with('=') && !behind.starts_with("==")));
    let effect = place.at(line.span_of(word));
    declares.then(|| Finding::new().with("word", word).with("name", name).mark("effect", effect))
}

fn comment(case: &Unread) -> Option<Finding> {
    let place = place(case)?;
    let line = Line::of(&place)?;
    let content = line.content();
    if let Some(text) = ["//", "/*", "*/", "<!--"].into_iter().find(|start| content.starts_with(start)) {
        let at = line.span_of(content).start as usize;
        return Some(Finding::new().with("text", text).mark("effect", place.at(span(at, text))));
    }
    // Behind a statement, two words in a row after the slashes are text, and no division.
    let (at, rest) = line.code().into_iter().find_map(|(start, part)| {
        let at = part.find("//")?;
        Some((start + at, line.text.get(start + at + 2 - line.start..)?))
    })?;
    let mut words = rest.split_whitespace();
    let is_text = [words.next(), words.next()].iter().all(|word| word.is_some_and(is_name));
    let end = (line.start + line.text.len()) as u32;
    let is_comment = is_text && repairs(case, Span::new(at as u32, end), "");
    is_comment.then(|| Finding::new().with("text", "//").mark("effect", place.at(span(at, "//"))))
}

fn switch(case: &Unread) -> Option<Finding> {
    let place = place(case).filter(|_| is_vague(case))?;
    let line = Line::of(&place)?;
    let (word, rest) = line.first_word()?;
    let is_switch =
        word == "switch" && rest.starts_with([' ', '(']) || word == "default" && rest.trim_start().starts_with(':');
    is_switch.then(|| Finding::new().mark("effect", place.at(line.span_of(word))))
}

fn braces(case: &Unread) -> Option<Finding> {
    const HEADS: &[&str] =
        &["if", "else", "elif", "for", "while", "def", "class", "try", "with", "do", "except", "finally"];
    let place = place(case).filter(|_| is_vague(case))?;
    let number = place.line();
    // The brace that opens the block may stand some lines above.
    (number.saturating_sub(20)..=number).rev().find_map(|number| {
        let line = Line::numbered(&place.source, number)?;
        let (start, part) = line.code().into_iter().last()?;
        let head = part.trim_end();
        let first = line.content().trim_start_matches(['}', ' ']);
        let first = first.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        let opens = head.ends_with('{') && HEADS.contains(&first);
        opens.then(|| Finding::new().mark("effect", place.at(span(start + head.len() - 1, "{"))))
    })
}

fn logical_signs(case: &Unread) -> Option<Finding> {
    let place = place(case).filter(|_| is_vague(case))?;
    let line = Line::of(&place)?;
    let target = place.span.start as usize;
    for (start, part) in line.code() {
        for (sign, word) in [("&&", "and"), ("||", "or"), ("!", "not")] {
            for (at, _) in part.match_indices(sign) {
                let behind = part.get(at + sign.len()..).unwrap_or_default();
                let at = start + at;
                if at <= target && target <= at + sign.len() && !behind.starts_with('=') {
                    let finding = Finding::new().with("text", sign).with("word", word);
                    return Some(finding.mark("effect", place.at(span(at, sign))));
                }
            }
        }
    }
    None
}

/// The letters, digits and underscores at the end of a text.
fn trailing_word(text: &str) -> &str {
    let before = text.trim_end_matches(|letter: char| letter.is_alphanumeric() || letter == '_');
    &text[before.len()..]
}

fn counting(case: &Unread) -> Option<Finding> {
    let place = place(case).filter(|_| is_vague(case))?;
    let line = Line::of(&place)?;
    for (start, part) in line.code() {
        for operator in ["++", "--"] {
            let Some(at) = part.find(operator) else { continue };
            let before = part[..at].trim_end();
            let name = trailing_word(before);
            let behind = part[at + 2..].trim_start();
            if is_name(name) && (behind.is_empty() || behind.starts_with([')', ';', ',', '{'])) {
                let repair = format!("{name} {}= 1", &operator[..1]);
                let finding = Finding::new().with("operator", operator).with("repair", repair);
                return Some(finding.mark("effect", place.at(span(start + at, operator))));
            }
        }
    }
    None
}

fn keyword_as_name(case: &Unread) -> Option<Finding> {
    let place = place(case).filter(|_| is_vague(case))?;
    let line = Line::of(&place)?;
    let mut words = line.words();
    words.retain(|(_, word)| Token::KEYWORDS.contains(word) && !["None", "True", "False"].contains(word));
    words.sort_by_key(|(at, _)| at.abs_diff(place.span.start as usize));
    let (at, word) = words.into_iter().find(|(at, word)| {
        let end = at + word.len();
        let near = place.span.start as usize <= end + 1 && *at <= place.span.end as usize + 1;
        near && repairs(case, span(*at, word), &format!("{word}_"))
    })?;
    Some(Finding::new().with("name", word).mark("effect", place.at(span(at, word))))
}

/// Not a syntax error to Python: a name that nothing is assigned to.
fn fixed_value(case: &mut Case<'_>) -> Option<Finding> {
    if case.class != "NameError" {
        return None;
    }
    let name = between(&case.message, "name '", "' is not defined")?.to_owned();
    let word = match &*name {
        "null" | "NULL" | "nil" | "undefined" | "nullptr" | "none" | "NONE" => "None",
        "true" | "TRUE" => "True",
        "false" | "FALSE" => "False",
        "this" => "self",
        "console" | "printf" | "println" | "puts" | "echo" => "print",
        "strlen" | "sizeof" => "len",
        _ => return None,
    };
    Some(Finding::new().with("name", name).with("word", word))
}

fn missing_token(case: &Unread) -> Option<Finding> {
    if case.message == "expected ':'" {
        return Some(Finding::new());
    }
    let token = match &*case.message {
        "expected 'else' after 'if' expression" => "else",
        "'in' expected after for-loop variables" => "in",
        "':' expected after dictionary key" => ":",
        "expected comma between / and *" => ",",
        // A `try` without its clauses is another matter.
        message if message.starts_with("expected '") && !message.contains("except") => between(message, "'", "'")?,
        _ => return None,
    };
    let token = token.to_owned();
    place(case).map(|_| Finding::new().variant("other").with("token", token))
}

/// `for i in range(3) print(i)`: the block on the same line.
fn missing_colon(case: &Unread) -> Option<Finding> {
    let place = place(case).filter(|_| case.message == "invalid syntax")?;
    let line = Line::of(&place)?;
    let (head, _) = line.first_word()?;
    let opens =
        ["for", "while", "if", "elif", "else", "with", "def", "class", "try", "except", "finally"].contains(&head);
    // Inside of brackets a colon would make an annotation or a slice.
    let is_head = opens && last_open_bracket(&place).is_none();
    (is_head && repairs(case, Span::at(place.span.start), ": ")).then(Finding::new)
}

/// `if (x == 5:`: the parser stops at the colon, before it misses the bracket.
fn missing_bracket(case: &Unread) -> Option<Finding> {
    let place = place(case).filter(|place| case.message == "invalid syntax" && place.text().starts_with(':'))?;
    let open = last_open_bracket(&place)?;
    let (open, close) = match &place.source.text[open..=open] {
        "(" => (open, ")"),
        "[" => (open, "]"),
        _ => return None,
    };
    let effect = place.at(Span::new(open as u32, open as u32 + 1));
    let finding = Finding::new().with("open", effect.text()).with("close", close);
    repairs(case, Span::at(place.span.start), close).then(|| finding.mark("effect", effect))
}

/// Words of other languages that begin a statement or stand in one, and what Python writes there.
const FOREIGN: &[(&str, &str)] = &[
    ("throw", "raise"),
    ("foreach", "for"),
    ("unless", "if not"),
    ("until", "while not"),
    ("catch", "except"),
    ("new", ""),
    ("then", ""),
];

fn foreign_word(case: &Unread) -> Option<Finding> {
    let place = place(case).filter(|_| is_vague(case))?;
    let line = Line::of(&place)?;
    for (at, own) in line.words() {
        let Some((_, word)) = FOREIGN.iter().find(|(foreign, _)| *foreign == own) else { continue };
        let marked = span(at, own);
        // A word that is left out goes with the blanks behind it.
        let behind = place.source.text.get(marked.end as usize..).unwrap_or_default();
        let blanks = if word.is_empty() { behind.len() - behind.trim_start_matches(' ').len() } else { 0 };
        if !repairs(case, Span::new(marked.start, marked.end + blanks as u32), word) {
            continue;
        }
        let finding = Finding::new().with("name", own).with("word", *word).mark("effect", place.at(marked));
        return Some(if word.is_empty() { finding.variant("without") } else { finding });
    }
    None
}

/// `x := 5` as a statement.
fn statement_with_walrus(case: &Unread) -> Option<Finding> {
    let place = place(case).filter(|place| case.message == "invalid syntax" && place.text().starts_with(":="))?;
    let marked = span(place.span.start as usize, ":=");
    repairs(case, marked, "=").then(|| Finding::new().variant("walrus").mark("effect", place.at(marked)))
}

/// `for i range(3)`: the parser says no more than that it cannot go on.
fn missing_in(case: &Unread) -> Option<Finding> {
    let place = place(case).filter(|_| case.message == "invalid syntax")?;
    let line = Line::of(&place)?;
    let has_loop = line.words().iter().any(|(at, word)| *word == "for" && *at < place.span.start as usize);
    let fits = has_loop && repairs(case, Span::at(place.span.start), "in ");
    fits.then(|| Finding::new().variant("other").with("token", "in"))
}

fn never_closed(case: &Unread) -> Option<Finding> {
    let open = between(&case.message, "'", "' was never closed")?.to_owned();
    let close = match &*open {
        "(" => ")",
        "[" => "]",
        _ => "}",
    };
    Some(Finding::new().with("open", open).with("close", close))
}

fn wrong_bracket(case: &Unread) -> Option<Finding> {
    let message = &*case.message;
    if let Some(close) = message.strip_prefix("unmatched '") {
        return Some(Finding::new().with("close", close.trim_end_matches('\'')));
    }
    let rest = message.strip_prefix("closing parenthesis ")?;
    let [close, open, ..] = quoted(rest)[..] else { return None };
    let finding = Finding::new().variant("other").with("close", close).with("open", open);
    let place = case.place.clone()?;
    let open_place = last_open_bracket(&place).map(|at| place.at(Span::new(at as u32, at as u32 + 1)));
    Some(finding.mark("open", open_place))
}

/// Where the last bracket before a place stands that is open there, as far as the brackets in between pair up.
fn last_open_bracket(place: &Place) -> Option<usize> {
    let before = place.source.text.get(..place.span.start as usize)?;
    let mut depth = 0_usize;
    for part in code(before).into_iter().rev() {
        for (at, letter) in before[part.clone()].char_indices().rev() {
            match letter {
                ')' | ']' | '}' => depth += 1,
                '(' | '[' | '{' if depth > 0 => depth -= 1,
                '(' | '[' | '{' => return Some(part.start + at),
                _ => {}
            }
        }
    }
    None
}

fn open_string(case: &Unread) -> Option<Finding> {
    let finding = worded(case, &["unterminated *"])?;
    Some(if case.message.contains("triple-quoted") {
        finding.variant("triple")
    } else if case.message.ends_with("escaped the end quote?") {
        finding.variant("escaped")
    } else {
        finding
    })
}

fn single_equals(case: &Unread) -> Option<Finding> {
    let told = worded(
        case,
        &[
            "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
            "expression cannot contain assignment, perhaps you meant \"==\"?",
        ],
    );
    let place = place(case)?;
    let line = Line::of(&place)?;
    let first = line.first_word().map(|(word, _)| word);
    let in_condition = first.is_some_and(|word| ["if", "elif", "while", "assert"].contains(&word));
    let maybe = in_condition && case.message.ends_with("Maybe you meant '==' instead of '='?");
    let finding = told.or_else(|| maybe.then(Finding::new))?;
    // The sign itself, when there is one after the place.
    let from = place.span.start as usize;
    let sign = line.code().into_iter().find_map(|(start, part)| {
        let single = |at: usize| {
            let before = part[..at].chars().next_back();
            !part[at + 1..].starts_with('=') && !before.is_some_and(|letter| "=!<>:+-*/%&|^".contains(letter))
        };
        part.match_indices('=').map(|(at, _)| at).find(|at| start + at >= from && single(*at)).map(|at| start + at)
    });
    Some(finding.mark("effect", sign.map(|at| place.at(span(at, "=")))))
}

fn assignment(case: &Unread) -> Option<Finding> {
    let finding = worded(
        case,
        &[
            "cannot assign to *",
            "cannot delete *",
            "only single target*",
            "illegal target for annotation",
            "cannot use assignment expressions with*",
            "assignment to yield expression not possible",
        ],
    )
    .or_else(|| case.message.ends_with("is an illegal expression for augmented assignment").then(Finding::new))?;
    let place = place(case)?;
    let text = place.text().to_owned();
    if text.contains('\n') || text.len() > 40 {
        return Some(finding);
    }
    let message = &*case.message;
    if message.starts_with("cannot delete ") {
        return Some(finding.variant("delete").with("text", text));
    }
    let line = Line::of(&place)?;
    if line.first_word().is_some_and(|(word, _)| ["for", "async", "with"].contains(&word)) {
        return Some(finding.variant("target").with("text", text));
    }
    let kind = if message.contains("literal") || ["True", "False", "None"].contains(&&*text) {
        "literal"
    } else if message.contains("function call") {
        "call"
    } else if ["expression", "comparison", "operator"].iter().any(|word| message.contains(word)) {
        "operator"
    } else {
        return Some(finding);
    };
    Some(finding.variant(kind).with("text", text))
}

fn comma(case: &Unread) -> Option<Finding> {
    worded(case, &["invalid syntax. Perhaps you forgot a comma?"])
}

fn f_string(case: &Unread) -> Option<Finding> {
    let finding = worded(case, &["f-string*", "too many nested f-strings"])?;
    let message = case.message.strip_prefix("f-string: ").unwrap_or_default();
    Some(
        if message.starts_with("expecting '}'") || message.starts_with("single '}'") || message.starts_with("unmatched")
        {
            finding.variant("brace")
        } else if message.starts_with("valid expression required") {
            finding.variant("empty")
        } else if message.contains("conversion") {
            finding.variant("conversion")
        } else {
            finding
        },
    )
}

fn misplaced(case: &Unread) -> Option<Finding> {
    if let Some(finding) = worded(case, &["'return' outside function"]) {
        return Some(finding.variant("return"));
    }
    if let Some(finding) = worded(case, &["'break' outside loop", "'continue' not properly in loop"]) {
        let word = quoted(&case.message).first().map_or_else(String::new, |word| (*word).to_owned());
        return Some(finding.variant("loop").with("word", word));
    }
    if let Some(finding) = worded(case, &["'break', 'continue' and 'return' cannot appear*"]) {
        return Some(finding);
    }
    let place = place(case).filter(|_| case.message == "invalid syntax")?;
    let line = Line::of(&place)?;
    let (word, _) = line.first_word()?;
    let marked = line.span_of(word);
    if ["else", "elif", "except", "finally"].contains(&word) && marked.start == place.span.start {
        return Some(Finding::new().variant("clause").with("word", word).mark("effect", place.at(marked)));
    }
    // `lambda x: return x`
    let words = line.words();
    let at = words.iter().position(|(at, _)| *at == place.span.start as usize)?;
    let (start, word) = words[at];
    let in_lambda = words[..at].iter().any(|(_, word)| *word == "lambda");
    let is_it = in_lambda && ["return", "raise", "pass", "assert", "del"].contains(&word);
    let end = start + word.len();
    let proven = is_it && repairs(case, Span::new(start as u32, end as u32), if word == "pass" { "None" } else { "" });
    proven.then(|| Finding::new().variant("lambda").with("word", word).mark("effect", place.at(span(start, word))))
}

fn number(case: &Unread) -> Option<Finding> {
    if worded(case, &["leading zeros in decimal integer*"]).is_some() {
        return Some(Finding::new().variant("zeros"));
    }
    if worded(case, &["invalid digit '*", "Exceeds the limit (*"]).is_some() {
        return Some(Finding::new());
    }
    let form = between(&case.message, "invalid ", " literal")?;
    if !["decimal", "hexadecimal", "octal", "binary", "imaginary"].contains(&form) {
        return None;
    }
    let place = place(case)?;
    let rest = place.source.text.get(place.span.start as usize..)?;
    let behind = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_name = form == "decimal" && behind.starts_with(|letter: char| letter.is_alphabetic());
    Some(if is_name { Finding::new().variant("name") } else { Finding::new() })
}

fn incomplete_try(case: &Unread) -> Option<Finding> {
    let variants: [(&str, Option<&'static str>); 5] = [
        ("expected 'except' or 'finally' block", None),
        ("multiple exception types must be parenthesized", Some("types")),
        ("default 'except:' must be last", Some("last")),
        ("cannot have both 'except' and 'except*' on the same 'try'", Some("star")),
        ("expected one or more exception types", Some("star")),
    ];
    let (_, variant) = variants.into_iter().find(|(message, _)| case.message == *message)?;
    // `except Error, name:` is how Python 2 named the exception.
    if variant == Some("types")
        && let Some(place) = place(case)
        && let Some((class, name)) = place.text().split_once(',')
    {
        let (class, name) = (class.trim(), name.trim().trim_end_matches(':').trim_end());
        let is_class = class.rsplit('.').next().is_some_and(|last| last.starts_with(char::is_uppercase));
        if is_class && is_name(name) && name.starts_with(char::is_lowercase) {
            return Some(Finding::new().variant("named").with("class", class).with("name", name));
        }
    }
    Some(variant.map_or_else(Finding::new, |variant| Finding::new().variant(variant)))
}

fn order_of_arguments(case: &Unread) -> Option<Finding> {
    let variants: [(&[&str], &'static str); 4] = [
        (
            &["positional argument follows keyword argument*", "positional patterns follow keyword patterns"],
            "positional",
        ),
        (&["parameter without a default follows*", "non-default type parameter*"], "default"),
        (&["keyword argument repeated: *", "duplicate argument *", "duplicate type parameter*"], "twice"),
        (&["Generator expression must be parenthesized"], "generator"),
    ];
    if let Some((_, variant)) = variants.into_iter().find(|(messages, _)| worded(case, messages).is_some()) {
        return Some(Finding::new().variant(variant));
    }
    worded(
        case,
        &[
            "iterable argument unpacking follows*",
            "arguments cannot follow var-keyword argument",
            "/ may appear only once",
            "/ must be ahead of *",
            "at least one argument must precede /",
            "* argument may appear only once",
            "named arguments must follow bare *",
            "var-positional argument cannot have default value",
            "var-keyword argument cannot have default value",
            "Function parameters cannot be parenthesized",
            "Lambda expression parameters cannot be parenthesized",
            "Type parameter list cannot be empty",
        ],
    )
}

fn scope(case: &Unread) -> Option<Finding> {
    let message = &*case.message;
    if message.contains("is used prior to ") || message.contains("is assigned to before ") {
        return Some(Finding::new().variant("used"));
    }
    if message.starts_with("no binding for nonlocal") {
        return Some(Finding::new().variant("missing"));
    }
    if message == "nonlocal declaration not allowed at module level" {
        return Some(Finding::new().variant("module"));
    }
    let declared = message.contains(" is parameter and ")
        || message.ends_with(" is nonlocal and global")
        || message.starts_with("annotated name '")
        || message.starts_with("nonlocal binding not allowed");
    (declared && case.class == "SyntaxError").then(Finding::new)
}

fn escape(case: &Unread) -> Option<Finding> {
    if let Some(finding) = worded(case, &["bytes can only contain ASCII literal characters"]) {
        return Some(finding.variant("ascii"));
    }
    worded(case, &["(unicode error)*", "(value error)*"])
}

fn continuation(case: &Unread) -> Option<Finding> {
    if let Some(finding) = worded(case, &["unexpected EOF while parsing"]) {
        return Some(finding.variant("end"));
    }
    worded(case, &["unexpected character after line continuation character"])
}

fn import(case: &Unread) -> Option<Finding> {
    if worded(case, &["Did you mean to use 'from ... import ...' instead?"]).is_some() {
        let place = place(case)?;
        let line = Line::of(&place)?;
        let rest = line.content().strip_prefix("import ")?;
        let (name, module) = rest.split_once(" from ")?;
        return Some(Finding::new().variant("swapped").with("name", name.trim()).with("module", module.trim()));
    }
    if let Some(finding) = worded(case, &["from __future__ imports must occur*"]) {
        return Some(finding.variant("future"));
    }
    if let Some(finding) = worded(case, &["import * only allowed at module level"]) {
        return Some(finding.variant("star"));
    }
    worded(
        case,
        &[
            "Expected one or more names after 'import'",
            "trailing comma not allowed without surrounding parentheses",
            "future feature *",
            "not a chance",
        ],
    )
}

fn encoding(case: &Unread) -> Option<Finding> {
    if let Some(finding) = worded(case, &["source code cannot contain null bytes", "source code string cannot*"]) {
        return Some(finding.variant("null"));
    }
    if let Some(finding) = worded(case, &["encoding problem*", "unknown encoding*"]) {
        return Some(finding.variant("unknown"));
    }
    worded(case, &["Non-UTF-8 code*", "(unicode error) 'utf-8' codec*"])
}

fn star(case: &Unread) -> Option<Finding> {
    let variants: [(&[&str], &'static str); 3] = [
        (&["starred assignment target must be in a list or tuple"], "alone"),
        (&["multiple starred expressions in assignment", "multiple starred names in sequence pattern"], "two"),
        (
            &["iterable unpacking cannot be used in comprehension", "dict unpacking cannot be used in dict*"],
            "comprehension",
        ),
    ];
    if let Some((_, variant)) = variants.into_iter().find(|(messages, _)| worded(case, messages).is_some()) {
        return Some(Finding::new().variant(variant));
    }
    worded(
        case,
        &[
            "can't use starred expression here",
            "cannot use starred expression here",
            "cannot use double starred expression here",
            "cannot use a starred expression in a dictionary value",
            "Invalid star expression",
            "too many expressions in star-unpacking*",
        ],
    )
}

fn pattern(case: &Unread) -> Option<Finding> {
    if let Some(finding) = worded(case, &["wildcard makes remaining patterns unreachable"]) {
        return Some(finding.variant("all"));
    }
    if case.message.ends_with("makes remaining patterns unreachable") {
        return Some(Finding::new().variant("all"));
    }
    worded(
        case,
        &[
            "cannot use '_' as a target",
            "invalid pattern target",
            "real number required in complex literal",
            "imaginary number required in complex literal",
            "multiple assignments to name *",
            "alternative patterns bind different names",
            "mapping pattern *",
            "attribute name repeated in class pattern*",
            "patterns may only match literals*",
        ],
    )
}

fn too_complex(case: &Unread) -> Option<Finding> {
    worded(
        case,
        &[
            "too many nested parentheses",
            "too many levels of indentation",
            "too many statically nested blocks",
            "code object is too large",
            "Parser stack overflowed*",
            "maximum recursion depth exceeded during compilation",
        ],
    )
}

/// The keywords that cannot stand without a value behind them.
const TAKING_A_VALUE: &[&str] = &[
    "and", "as", "assert", "await", "del", "elif", "else", "for", "from", "if", "import", "in", "is", "not", "or",
    "while", "with",
];

fn missing_value(case: &Unread) -> Option<Finding> {
    if let Some(finding) = worded(
        case,
        &[
            "expected argument value expression",
            "expected default value expression",
            "expression expected after dictionary key and ':'",
        ],
    ) {
        return Some(finding);
    }
    let place = place(case).filter(|_| case.message == "invalid syntax")?;
    let at = place.span.start as usize;
    let behind = place.source.text.get(at..)?;
    let behind = behind.trim_start_matches([' ', '\t']);
    let ends =
        behind.starts_with([':', '\n', '\r', ')', ']', '}', ',']) || behind.is_empty() || behind.starts_with('#');
    let before = place.source.text.get(..at)?.trim_end_matches([' ', '\t']);
    let is_sign = |letter: char| "+-*/%=<>&|^@.".contains(letter);
    let start = match before.chars().next_back()? {
        letter if is_sign(letter) => before.trim_end_matches(is_sign).len(),
        letter if letter.is_alphabetic() => {
            before.trim_end_matches(|letter: char| letter.is_alphanumeric() || letter == '_').len()
        }
        _ => return None,
    };
    let text = &before[start..];
    let wants = text.chars().all(is_sign) || TAKING_A_VALUE.contains(&text);
    (ends && wants).then(|| Finding::new().variant("before").with("text", text))
}

fn anything(case: &Unread) -> Option<Finding> {
    let is_syntax = ["SyntaxError", "IndentationError", "TabError"].contains(&&*case.class);
    is_syntax.then(Finding::new)
}
