//! Which code of the catalogue a syntax error has, and what can be mended in a line that does not parse.
//!
//! The words of CPython stay with the error; the code says what to explain. A few mistakes are old Python: `print` as a
//! statement (H307), `async` as a name (H309, H304). For those the line is read as it was once meant.

use coil_grammar::error::{SyntaxError, SyntaxErrorKind as Kind};
use coil_grammar::layout;
use coil_grammar::parse_module;
use coil_grammar::span::{LineIndex, Span};
use coil_grammar::token::{Lexeme, Token};

use super::characters;
use super::finding::{Edit, Finding};
use super::guess::guess;
use super::source::Layout;
use crate::diagnostics::catalog::Code;

/// The finding for an error in a line.
pub(super) fn finding(text: &str, line: Span, error: SyntaxError) -> Finding {
    let span = visible(text, error.span, line);
    let tokens = Tokens::of(text, line);
    let (code, variant) = code(&error.kind, &tokens, span, text);
    let mut finding = Finding::new(code, span);
    finding.parameters = parameters(&error, &tokens, text, span, code);
    if !variant.is_empty() {
        finding = finding.form(variant);
    }
    if code == Code::H307 {
        finding = print_call(text, line, finding);
    }
    let is_vague = matches!(error.kind, Kind::InvalidSyntax | Kind::MissingComma | Kind::ExpectedToken { .. });
    if is_vague
        && matches!(code, Code::S801 | Code::S807 | Code::S828 | Code::S899)
        && text.is_char_boundary(line.start as usize)
        && text.is_char_boundary(line.end as usize)
        && let Some(better) = guess(text, line, &tokens.list)
    {
        finding = better;
    }
    finding.syntax = Some(Box::new(error));
    finding
}

/// A span that can be shown: inside the text, and not beyond the line unless the error is.
fn visible(text: &str, span: Span, line: Span) -> Span {
    let limit = text.len() as u32;
    let mut span = Span::new(span.start.min(limit), span.end.clamp(span.start.min(limit), limit));
    if span.is_empty() && span.start < limit && line.start <= span.start && span.start < line.end {
        let rest = &text[floor(text, span.start) as usize..];
        span.end = floor(text, span.start) + rest.chars().next().map_or(0, |letter| letter.len_utf8() as u32);
    }
    Span::new(floor(text, span.start), floor(text, span.end))
}

fn floor(text: &str, mut at: u32) -> u32 {
    while !text.is_char_boundary(at as usize) {
        at -= 1;
    }
    at
}

/// The tokens of one line.
struct Tokens<'t> {
    text: &'t str,
    list: Vec<Lexeme>,
}

impl<'t> Tokens<'t> {
    fn of(text: &'t str, line: Span) -> Self {
        let start = floor(text, line.start.min(text.len() as u32)) as usize;
        let end = floor(text, line.end.clamp(start as u32, text.len() as u32)) as usize;
        let stream = layout::tokenize(&text[start..end]);
        let list = stream.lexemes.into_iter().map(|lexeme| Lexeme {
            token: lexeme.token,
            span: Span::new(lexeme.span.start + start as u32, lexeme.span.end + start as u32),
        });
        Self { text, list: list.collect() }
    }

    fn token(&self, at: usize) -> Option<Token> {
        self.list.get(at).map(|lexeme| lexeme.token)
    }

    fn word(&self, at: usize) -> &'t str {
        self.list.get(at).map_or("", |lexeme| lexeme.span.text(self.text))
    }

    /// The index of the token at an offset, or of the first one after it.
    fn index(&self, offset: u32) -> usize {
        self.list.partition_point(|lexeme| lexeme.span.end <= offset)
    }
}

/// The code of an error, and which variant of its texts.
fn code(kind: &Kind, tokens: &Tokens<'_>, span: Span, text: &str) -> (Code, &'static str) {
    match kind {
        Kind::YieldOutsideFunction | Kind::YieldFromOutsideFunction => (Code::G013, ""),
        Kind::YieldFromInAsyncFunction => (Code::G014, ""),
        Kind::YieldInComprehension { .. } => (Code::G025, "check"),
        Kind::AwaitOutsideAsyncFunction => (Code::C108, ""),
        Kind::AwaitOutsideFunction => (Code::C109, ""),
        Kind::AsyncForOutsideAsyncFunction | Kind::AsyncWithOutsideAsyncFunction | Kind::AsyncComprehensionOutside => {
            (Code::C110, "")
        }
        Kind::ReturnValueInAsyncGenerator => (Code::C132, ""),
        Kind::InvalidCharacter { character, .. } => match character {
            '“' | '”' | '‘' | '’' => (Code::T402, ""),
            '！'..='～' | '、' | '。' | '【' | '】' => (Code::T401, ""),
            _ => (Code::S899, ""),
        },
        Kind::NonPrintableCharacter { .. } => (Code::T403, ""),
        Kind::TabsAndSpaces => (Code::T404, ""),
        Kind::UnexpectedIndent => {
            let is_first = text[..span.start as usize].lines().all(|line| {
                let line = line.trim();
                line.is_empty() || line.starts_with('#')
            });
            (Code::T405, if is_first { "first" } else { "" })
        }
        Kind::UnindentMismatch => (Code::T405, "outer"),
        Kind::ExpectedBlock | Kind::ExpectedBlockAfter { .. } => (Code::T405, "missing"),
        Kind::LegacyCall { .. } => (Code::H307, ""),
        Kind::NeverClosed { .. } => (Code::S802, ""),
        Kind::UnmatchedBracket { .. } => (Code::S803, ""),
        Kind::MismatchedBracket { .. } | Kind::MismatchedBracketOnLine { .. } => (Code::S803, "other"),
        Kind::UnterminatedString { .. } => (Code::S804, ""),
        Kind::UnterminatedFString { .. } => (Code::S804, ""),
        Kind::UnterminatedStringEscapedQuote { .. } => (Code::S804, "escaped"),
        Kind::UnterminatedTripleString { .. } | Kind::UnterminatedTripleFString { .. } => (Code::S804, "triple"),
        Kind::CannotAssign { .. }
        | Kind::CannotAssignMaybeEqual { .. }
        | Kind::CannotDelete { .. }
        | Kind::CannotAugment { .. }
        | Kind::CannotAnnotate { .. }
        | Kind::IllegalAnnotation
        | Kind::CannotUseWalrus { .. }
        | Kind::YieldAssigned => (Code::S805, ""),
        Kind::MaybeComparison | Kind::KeywordIsExpression => (Code::S806, ""),
        Kind::MissingComma => (Code::S807, ""),
        Kind::ExpectedToken { token: ":" } => (Code::S801, ""),
        Kind::ExpectedToken { .. } => (Code::S801, "other"),
        Kind::FStringEmptyField { .. } | Kind::FStringInvalidField => (Code::S816, "empty"),
        Kind::FStringSingleBrace | Kind::FStringExpectingBrace | Kind::FStringUnmatched { .. } => (Code::S816, "brace"),
        Kind::FStringMissingConversion | Kind::FStringInvalidConversion | Kind::InvalidConversion { .. } => {
            (Code::S816, "conversion")
        }
        Kind::FStringExpected { .. } | Kind::FStringLambda | Kind::DistantConversion => (Code::S816, ""),
        Kind::ReturnOutsideFunction => (Code::S817, "return"),
        Kind::BreakOutsideLoop | Kind::ContinueOutsideLoop => (Code::S817, "loop"),
        Kind::InvalidNumber { .. } => (Code::S818, "name"),
        Kind::LeadingZeros => (Code::S818, "zeros"),
        Kind::InvalidDigit { .. } => (Code::S818, ""),
        Kind::MissingExcept => (Code::S819, ""),
        Kind::UnparenthesizedExcept => (Code::S819, "types"),
        Kind::DefaultExceptNotLast => (Code::S819, "last"),
        Kind::MixedExcepts | Kind::EmptyExceptStar => (Code::S819, "star"),
        Kind::PositionalAfterKeyword | Kind::PositionalAfterUnpacking => (Code::S820, "positional"),
        Kind::NonDefaultAfterDefault => (Code::S820, "default"),
        Kind::DuplicateArgument { .. } | Kind::RepeatedKeyword { .. } => (Code::S820, "twice"),
        Kind::GeneratorNeedsParentheses => (Code::S820, "generator"),
        Kind::UsedBeforeDeclaration { .. } | Kind::AssignedBeforeDeclaration { .. } => (Code::S821, "used"),
        Kind::NoBindingForNonlocal { .. } => (Code::S821, "missing"),
        Kind::NonlocalAtModuleLevel => (Code::S821, "module"),
        Kind::UnicodeEscape { .. } | Kind::BytesEscape { .. } => (Code::S822, ""),
        Kind::BytesNotAscii => (Code::S822, "ascii"),
        Kind::AfterContinuation => (Code::S823, ""),
        Kind::UnexpectedEof => (Code::S823, "end"),
        Kind::TrailingCommaInImport | Kind::NothingImported => (Code::S826, ""),
        Kind::LateFuture => (Code::S826, "future"),
        Kind::ImportStarNotAtModuleLevel => (Code::S826, "star"),
        Kind::NullBytes | Kind::NullBytesInString => (Code::S827, "null"),
        Kind::CaptureUnreachable { .. } | Kind::WildcardUnreachable => (Code::S830, "all"),
        Kind::TooDeep | Kind::TreeTooDeep | Kind::TooManyBrackets | Kind::TooManyIndents | Kind::TooManyBlocks => {
            (Code::S831, "")
        }
        Kind::InvalidSyntax => plain(tokens, span, text),
        _ => (Code::S899, ""),
    }
}

/// The code of a mere "invalid syntax", from the tokens around its place.
fn plain(tokens: &Tokens<'_>, span: Span, text: &str) -> (Code, &'static str) {
    let at = tokens.index(span.start);
    let (previous, this) = (at.checked_sub(1).and_then(|at| tokens.token(at)), tokens.token(at));
    if tokens.token(0) == Some(Token::Async) && tokens.word(1) == "function" {
        return (Code::C131, "");
    }
    if tokens.list.first().is_some_and(|first| characters::is_prompt(&text[first.span.start as usize..])) {
        return (Code::T409, "");
    }
    let is_operator = previous.is_some_and(|token| {
        matches!(token, Token::Plus | Token::Minus | Token::Star | Token::Slash | Token::Percent | Token::EqualEqual)
    });
    match this {
        Some(Token::Yield) if is_operator => (Code::G027, ""),
        Some(Token::Async | Token::Await) if previous == Some(Token::Dot) => (Code::H304, ""),
        Some(token) if token.is_keyword() && previous == Some(Token::Dot) => (Code::S808, ""),
        Some(Token::Newline | Token::EndOfFile) => (Code::S828, ""),
        Some(Token::Equal) if at == 1 && previous.is_some_and(Token::is_keyword) => (Code::S808, ""),
        _ => (Code::S899, ""),
    }
}

fn parameters(
    error: &SyntaxError,
    tokens: &Tokens<'_>,
    text: &str,
    span: Span,
    code: Code,
) -> Vec<(&'static str, String)> {
    let mut values: Vec<(&'static str, String)> = Vec::new();
    let lines = LineIndex::new(text);
    match &error.kind {
        Kind::NeverClosed { open } => {
            values.push(("open", open.to_string()));
            values.push(("close", closing(*open).to_string()));
        }
        Kind::UnmatchedBracket { close } => values.push(("close", close.to_string())),
        Kind::MismatchedBracket { close, open } | Kind::MismatchedBracketOnLine { close, open, .. } => {
            values.push(("close", close.to_string()));
            values.push(("open", open.to_string()));
        }
        Kind::ExpectedToken { token } => values.push(("token", (*token).to_owned())),
        Kind::InvalidCharacter { character, code } => {
            values.push(("character", character.to_string()));
            values.push(("what", format!("U+{code:04X}")));
            values.push(("ascii", characters::plain(*character).to_string()));
        }
        Kind::NonPrintableCharacter { code } => {
            values.push(("line", lines.line(span.start).to_string()));
            values.push(("count", "1".to_owned()));
            values.push(("code", format!("U+{code:04X}")));
            values.push(("what", "SPACE".to_owned()));
        }
        Kind::BreakOutsideLoop => values.push(("word", "break".to_owned())),
        Kind::ContinueOutsideLoop => values.push(("word", "continue".to_owned())),
        Kind::TabsAndSpaces | Kind::UnexpectedIndent | Kind::UnindentMismatch => {
            values.extend(indentation(text, &lines, error.span));
        }
        Kind::ExpectedBlockAfter { line, .. } => {
            values.extend(indentation(text, &lines, error.span));
            values.push(("line", line.to_string()));
        }
        Kind::ExpectedBlock => {
            values.extend(indentation(text, &lines, error.span));
            values.push(("line", lines.line(error.span.start).saturating_sub(1).to_string()));
        }
        Kind::LegacyCall { name } => values.push(("name", name.clone())),
        Kind::AsyncForOutsideAsyncFunction => values.push(("keyword", "async for".to_owned())),
        Kind::AsyncWithOutsideAsyncFunction => values.push(("keyword", "async with".to_owned())),
        Kind::AsyncComprehensionOutside => values.push(("keyword", "async for".to_owned())),
        Kind::YieldFromInAsyncFunction => {
            let value = span.text(text).trim_start_matches("yield").trim_start().trim_start_matches("from");
            values.push(("value", value.trim().to_owned()));
        }
        _ => {}
    }
    match code {
        Code::C131 => {
            let name =
                tokens.list.iter().zip(tokens.list.iter().skip(1)).find(|(_, next)| next.token == Token::LeftParen);
            let name = name.map_or("name", |(name, _)| name.span.text(text));
            let line = tokens.list.first().map_or("", |first| {
                let end = Layout::new(text).text_end(first.span.start);
                text[first.span.start as usize..end as usize].trim_end()
            });
            let repaired = line.replacen("function", "def", 1);
            values.push(("name", name.to_owned()));
            values.push(("written", line.to_owned()));
            values.push(("repaired", repaired));
        }
        Code::C108 | Code::C110 | Code::C132 => {
            values.push(("name", function_before(text, span.start).to_owned()));
            values.push(("function", function_before(text, span.start).to_owned()));
        }
        Code::S808 | Code::H304 => values.push(("name", span.text(text).to_owned())),
        Code::S805 => values.push(("text", span.text(text).to_owned())),
        Code::T409 => values.push(("prompt", ">>>".to_owned())),
        Code::G027 => {
            values.push(("repaired", format!("({})", text[span.start as usize..].lines().next().unwrap_or("").trim())))
        }
        _ => {}
    }
    values
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// The name in the last `def` before an offset.
fn function_before(text: &str, offset: u32) -> &str {
    let before = &text[..offset as usize];
    let name = before.rfind("def ").map_or("", |at| &text[at + 4..]);
    let end = name.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(name.len());
    if end == 0 { "main" } else { &name[..end] }
}

/// Numbers for the texts about indentation.
fn indentation(text: &str, lines: &LineIndex, span: Span) -> Vec<(&'static str, String)> {
    let line = lines.line(span.start);
    let blanks = |line: u32| {
        let text = lines.line_text(text, line);
        &text[..text.len() - text.trim_start_matches([' ', '\t']).len()]
    };
    let width = |line: u32| characters::columns(lines.line_text(text, line), "").0;
    let above = (1..line).rev().find(|above| {
        let text = lines.line_text(text, *above).trim();
        !text.is_empty() && !text.starts_with('#')
    });
    let mut around: Vec<u32> = Vec::new();
    let mut limit = u32::MAX;
    for above in (1..line).rev() {
        let text = lines.line_text(text, above).trim();
        let column = width(above);
        if !text.is_empty() && !text.starts_with('#') && column < limit {
            around.push(column);
            limit = column;
        }
    }
    around.sort_unstable();
    let around: Vec<String> = around.iter().map(u32::to_string).collect();
    let show = |line: u32| blanks(line).replace('\t', "→").replace(' ', "·");
    let first = above.unwrap_or(line);
    vec![
        ("columns", width(line).to_string()),
        ("above", above.map_or(0, width).to_string()),
        ("around", around.join(", ")),
        ("first", first.to_string()),
        ("first_indent", show(first)),
        ("second", line.to_string()),
        ("second_indent", show(line)),
    ]
}

/// `print x` to `print(x)`.
fn print_call(text: &str, line: Span, mut finding: Finding) -> Finding {
    let tokens = Tokens::of(text, line);
    let Some(at) = tokens.list.iter().position(|lexeme| {
        lexeme.token == Token::Name
            && matches!(lexeme.span.text(text), "print" | "exec")
            && lexeme.span.end <= finding.span.end.max(lexeme.span.end)
            && lexeme.span.start >= finding.span.start
    }) else {
        return finding.with("call", "print(...)");
    };
    let word = tokens.list[at].span;
    let rest = &tokens.list[at + 1..];
    let end =
        rest.iter().position(|lexeme| matches!(lexeme.token, Token::Semicolon | Token::Newline | Token::EndOfFile));
    let arguments = &rest[..end.unwrap_or(rest.len())];
    let (Some(first), Some(last)) = (arguments.first(), arguments.last()) else {
        return finding.with("call", "print()");
    };
    let mut inner = text[first.span.start as usize..last.span.end as usize].to_owned();
    if last.token == Token::Comma {
        inner = format!("{} end=' '", inner.trim_end());
    }
    if first.token == Token::RightShift {
        // `print >> file, x`
        let (file, values) = inner[2..].split_once(',').unwrap_or((&inner[2..], ""));
        let (file, values) = (file.trim(), values.trim());
        inner = if values.is_empty() { format!("file={file}") } else { format!("{values}, file={file}") };
    }
    let call = format!("{}({inner})", word.text(text));
    let edits = vec![Edit::replace(Span::new(word.start, last.span.end), call.clone())];
    finding = finding.with("call", call.clone());
    if parse_module(&format!("{call}\n")).is_ok() { finding.edits(edits) } else { finding }
}

/// Reads `async` and `await` as the names that they once were. `None` when the line has none that could be one.
pub(super) fn reread(text: &str, lexemes: &[Lexeme]) -> Option<(Vec<Lexeme>, Vec<Finding>)> {
    let mut read = lexemes.to_vec();
    let mut findings = Vec::new();
    for at in 0..read.len() {
        let Lexeme { token, span } = read[at];
        if !matches!(token, Token::Async | Token::Await) {
            continue;
        }
        let next = read.get(at + 1).map(|next| next.token);
        let previous = at.checked_sub(1).map(|at| read[at].token);
        let is_attribute = previous == Some(Token::Dot);
        let is_name = match token {
            Token::Async => !matches!(next, Some(Token::Def | Token::For | Token::With | Token::Name)),
            _ => {
                is_attribute
                    || matches!(
                        next,
                        None | Some(Token::Equal | Token::RightParen | Token::Comma | Token::Dot | Token::Colon)
                    )
            }
        };
        if !is_name && !is_attribute {
            continue;
        }
        read[at].token = Token::Name;
        // `asyncio.async` is a row of the table of removals, and is found there.
        if !(is_attribute && token == Token::Async && at >= 2 && read[at - 2].span.text(text) == "asyncio") {
            let name = span.text(text);
            findings.push(Finding::new(Code::H309, span).with("name", name).edits(vec![Edit::insert(span.end, "_")]));
        }
    }
    (read != lexemes).then_some((read, findings))
}

/// What CPython calls the statement whose block is missing.
pub(super) fn construct(text: &str, lexemes: &[Lexeme]) -> Option<&'static str> {
    let first = lexemes.first()?;
    let second = lexemes.get(1).map(|lexeme| lexeme.token);
    Some(match (first.token, second) {
        (Token::If, _) => "'if' statement",
        (Token::Elif, _) => "'elif' statement",
        (Token::Else, _) => "'else' statement",
        (Token::For, _) | (Token::Async, Some(Token::For)) => "'for' statement",
        (Token::While, _) => "'while' statement",
        (Token::With, _) | (Token::Async, Some(Token::With)) => "'with' statement",
        (Token::Try, _) => "'try' statement",
        (Token::Except, Some(Token::Star)) => "'except*' statement",
        (Token::Except, _) => "'except' statement",
        (Token::Finally, _) => "'finally' statement",
        (Token::Def, _) | (Token::Async, Some(Token::Def)) => "function definition",
        (Token::Class, _) => "class definition",
        (Token::Name, _) if first.span.text(text) == "match" => "'match' statement",
        (Token::Name, _) if first.span.text(text) == "case" => "'case' statement",
        _ => return None,
    })
}
