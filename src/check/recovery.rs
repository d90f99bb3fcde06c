//! All syntax errors of a file, and a tree of what is left of it.
//!
//! A parser stops at the first error. To find the others, the file is taken apart into logical lines first, and each
//! line is judged alone: what CPython would say if the rest of the file were right. A line that is wrong gets a
//! *stand-in*, `pass`, or a header like its own when it opens a block, so that the lines around it keep their meaning and
//! no error is reported that is only a consequence of another. Three readings follow:
//!
//! 1. *Lines.* The lexer reads on behind every error: after an unclosed bracket or string at the next line that is not
//!    indented deeper. Full-width punctuation and the like is read as what was meant ([`characters`](super::characters)).
//! 2. *Blocks.* Indentation is measured here, forgivingly: an unexpected indent opens no block, an unindent that fits
//!    nowhere closes none.
//! 3. *The whole.* The lines together are parsed and compiled, and what is wrong between lines (an `else` without `if`)
//!    or in their meaning (`return` outside a function) is found one by one, a stand-in for each.
//!
//! When nothing is wrong, none of this happens: the file is parsed and compiled once.
//!
//! Source: Language Reference 2.1, "Line structure"; for the words, the rules in `grammar/src/diagnose`.

use std::rc::Rc;

use coil_grammar::ast::Module;
use coil_grammar::error::{Extent, SyntaxError, SyntaxErrorKind as Kind};
use coil_grammar::span::{LineIndex, Span};
use coil_grammar::token::{Lexeme, Token, TokenStream};
use coil_grammar::{layout, parse_module, parse_tokens, soft_keyword};
use rustc_hash::FxHashSet;

use super::characters::{self, Repaired};
use super::finding::{Edit, Finding};
use super::syntax;
use crate::compiler;
use crate::diagnostics::catalog::Code;

/// More errors than anybody reads.
const MAX_ERRORS: usize = 100;

/// What was found in a file.
pub(super) struct Recovered {
    /// The text that was parsed: of the same length as the file, with stand-ins for characters that Python does not read.
    pub(super) text: String,
    /// The tree of what is right.
    pub(super) tree: Module,
    /// The tokens that the tree was made from.
    pub(super) lexemes: Vec<Lexeme>,
    /// Words in lines that were left out: nobody can say that these names are not defined.
    pub(super) unread_names: FxHashSet<String>,
    /// The syntax errors.
    pub(super) findings: Vec<Finding>,
}

/// Reads a file.
pub(super) fn read(source: &str) -> Recovered {
    let stream = coil_grammar::tokenize(source);
    let lexemes = stream.lexemes.clone();
    let (tree, first) = match parse_tokens(source, stream) {
        Ok(parsed) => match compile_error(&parsed.tree, source) {
            None => (Some(parsed.tree), None),
            Some(error) => (None, Some(error)),
        },
        Err(error) => (None, Some(*error)),
    };
    if let Some(tree) = tree {
        return Recovered {
            text: source.to_owned(),
            tree,
            lexemes,
            unread_names: FxHashSet::default(),
            findings: Vec::new(),
        };
    }
    let mut recovery = Recovery::new(source);
    recovery.split();
    recovery.judge_lines();
    recovery.arrange();
    let tree = recovery.parse_whole();
    recovery.finish(tree, first)
}

/// The first error that the compiler finds in a tree.
fn compile_error(tree: &Module, source: &str) -> Option<SyntaxError> {
    let lines = LineIndex::new(source);
    compiler::compile_module(tree, &lines, "<check>", &compiler::Options::default()).err()
}

/// A logical line.
struct Line {
    /// From its first token to the end of its text.
    span: Span,
    /// Its tokens, the `Newline` excepted.
    lexemes: Vec<Lexeme>,
    /// Its indentation, with tabs of eight columns and of one.
    columns: (u32, u32),
    /// What stands for it in the tree: nothing when it is right.
    stand_in: Option<Vec<Lexeme>>,
    /// Indents and dedents before it, and stand-ins for a block that is missing.
    before: Vec<Lexeme>,
    /// Whether the stand-in has changed what the lines inside its block mean.
    hides_meaning: bool,
    /// How many blocks it stands in.
    depth: usize,
}

impl Line {
    fn opens_block(&self) -> bool {
        let lexemes = self.stand_in.as_ref().unwrap_or(&self.lexemes);
        lexemes.last().is_some_and(|last| last.token == Token::Colon)
    }

    fn first(&self) -> Option<Token> {
        self.lexemes.first().map(|lexeme| lexeme.token)
    }
}

struct Recovery<'s> {
    /// The file as it is.
    source: &'s str,
    /// The file as it is read.
    text: String,
    index: LineIndex,
    lines: Vec<Line>,
    findings: Vec<Finding>,
    unread_names: FxHashSet<String>,
    /// Spans of the lines that have an error: one each.
    wrong: Vec<Span>,
    /// Spans of the lines that were read as an older Python reads them.
    read_as_old: Vec<Span>,
}

impl<'s> Recovery<'s> {
    fn new(source: &'s str) -> Self {
        Self {
            source,
            text: source.to_owned(),
            index: LineIndex::new(source),
            lines: Vec::new(),
            findings: Vec::new(),
            unread_names: FxHashSet::default(),
            wrong: Vec::new(),
            read_as_old: Vec::new(),
        }
    }

    // ---- Lines ----

    /// Finds the logical lines, reading on behind what the lexer cannot read.
    fn split(&mut self) {
        self.findings.extend(characters::quotation_marks(self.source, &mut self.text));
        let mut at = 0;
        while at < self.text.len() {
            at = self.piece(at);
        }
    }

    /// Reads from the start of a line up to the next error; returns where to read on.
    fn piece(&mut self, from: usize) -> usize {
        let stream = layout::tokenize(&self.text[from..]);
        let mut line: Vec<Lexeme> = Vec::new();

        for lexeme in stream.lexemes {
            let span = Span::new(lexeme.span.start + from as u32, lexeme.span.end + from as u32);
            match lexeme.token {
                Token::Indent | Token::Dedent | Token::EndOfFile => {}
                Token::Newline => {
                    let lexemes = std::mem::take(&mut line);
                    if let Some(again) = self.session(&lexemes) {
                        return again;
                    }
                    if let Some(bracket) = self.forgotten_bracket(&lexemes, span.end as usize)
                        && self.parse_alone(&lexemes).is_err()
                    {
                        return self.never_closed(lexemes, bracket);
                    }
                    self.add_line(lexemes, span.end);
                }
                token => line.push(Lexeme { token, span }),
            }
        }
        let Some(mut error) = stream.error else { return self.text.len() };
        let place = error.span.start as usize + from;
        if let Some(again) = self.session(&line) {
            return again;
        }
        if let Some(bracket) = self.forgotten_bracket(&line, place) {
            return self.never_closed(line, bracket);
        }
        error = self.moved(error, from);
        if matches!(error.kind, Kind::UnindentMismatch | Kind::TabsAndSpaces | Kind::TooManyIndents) {
            // Indentation is judged in `arrange`. The line reads well when it is the first.
            let start = self.line_start(place.min(self.text.len()));
            return if start > from { start } else { self.broken(line, from, error) };
        }
        let in_order = matches!(error.kind, Kind::InvalidCharacter { .. } | Kind::NonPrintableCharacter { .. });
        if in_order && let Some(Repaired { finding }) = characters::repair(self.source, &mut self.text, place) {
            self.add_characters(finding);
            // From the start of this logical line again.
            return line
                .first()
                .map_or_else(|| self.line_start(place), |first| self.line_start(first.span.start as usize));
        }
        self.broken(line, place, error)
    }

    /// If a line was typed at the prompt, takes all prompts out from there on; returns where to read again.
    fn session(&mut self, line: &[Lexeme]) -> Option<usize> {
        let first = line.first().filter(|first| first.token == Token::RightShift)?;
        let start = first.span.start as usize;
        if start != self.line_start(start) || !characters::is_prompt(&self.text[start..]) {
            return None;
        }
        let finding = characters::session(self.source, &mut self.text, start)?;
        self.findings.push(finding);
        Some(start)
    }

    /// One finding for all characters of a kind in a line.
    fn add_characters(&mut self, finding: Finding) {
        let line = self.index.line(finding.span.start);
        let same = self.findings.last_mut().filter(|last| last.code == finding.code && last.syntax.is_none());
        match same {
            Some(last) if self.index.line(last.span.start) == line && last.code != Code::T403 => {
                last.labels.push(("also", finding.span));
                last.labels.extend(finding.labels);
                last.edits.extend(finding.edits);
            }
            _ => self.findings.push(finding),
        }
    }

    /// An error of a piece, as the whole file has it.
    fn moved(&self, mut error: SyntaxError, from: usize) -> SyntaxError {
        let lines_before = self.index.line(from as u32) - 1;
        match &mut error.kind {
            Kind::UnterminatedString { line }
            | Kind::UnterminatedStringEscapedQuote { line }
            | Kind::UnterminatedTripleString { line }
            | Kind::UnterminatedFString { line }
            | Kind::UnterminatedTripleFString { line }
            | Kind::MismatchedBracketOnLine { line, .. } => *line += lines_before,
            _ => {}
        }
        error.span = Span::new(error.span.start + from as u32, error.span.end + from as u32);
        error
    }

    fn line_start(&self, at: usize) -> usize {
        self.index.line_start(self.index.line(at as u32)) as usize
    }

    fn next_line(&self, at: usize) -> usize {
        let line = self.index.line(at as u32);
        if line >= self.index.line_count() { self.text.len() } else { self.index.line_start(line + 1) as usize }
    }

    /// A line that the lexer cannot read to its end. Returns where the next line starts.
    fn broken(&mut self, lexemes: Vec<Lexeme>, place: usize, error: SyntaxError) -> usize {
        let start = lexemes.first().map_or_else(
            || {
                let start = self.line_start(place.min(self.text.len()));
                let text = &self.text[start..];
                start + text.len() - text.trim_start_matches([' ', '\t', '\x0C']).len()
            },
            |first| first.span.start as usize,
        );
        let is_triple =
            matches!(error.kind, Kind::UnterminatedTripleString { .. } | Kind::UnterminatedTripleFString { .. });
        let mut end = if is_triple { self.text.len() } else { self.next_line(place.max(start)) };
        if open_brackets(&lexemes) > 0 || matches!(error.kind, Kind::NeverClosed { .. }) {
            end = self.behind_brackets(start, self.next_line(error.span.start as usize));
        }
        let end = end.max(self.next_line(start));
        self.add_broken(lexemes, start, end, error);
        end
    }

    /// Adds a line that is wrong, from `start` to before `end`.
    fn add_broken(&mut self, lexemes: Vec<Lexeme>, start: usize, end: usize, error: SyntaxError) {
        // What CPython says of it alone, where the lexer's complaint may not be the first.
        let error = match parse_module(&self.text[start..end]) {
            Err(alone) if alone.extent != Extent::Nowhere => self.moved(*alone, start),
            _ => error,
        };
        let text_end = self.text[..end].trim_end().len().max(start);
        let span = Span::new(start as u32, text_end as u32);
        let columns = self.columns(start);
        self.report(span, error, None);
        self.lines.push(Line {
            span,
            lexemes,
            columns,
            stand_in: Some(Vec::new()),
            before: Vec::new(),
            hides_meaning: false,
            depth: 0,
        });
    }

    /// The bracket that is open where a new statement seems to begin, in the tokens of one logical line up to `end`.
    fn forgotten_bracket(&self, lexemes: &[Lexeme], end: usize) -> Option<Lexeme> {
        let first = lexemes.first()?;
        let (limit, _) = self.columns(first.span.start as usize);
        let mut at = self.next_line(first.span.start as usize);
        while at < end.min(self.text.len()) {
            let next = self.next_line(at);
            if self.columns_of_line(at).0 <= limit && starts_statement(&self.text[at..next]) {
                let mut open = Vec::new();
                for lexeme in lexemes.iter().take_while(|lexeme| (lexeme.span.start as usize) < at) {
                    match lexeme.token {
                        Token::LeftParen | Token::LeftBracket | Token::LeftBrace => open.push(*lexeme),
                        Token::RightParen | Token::RightBracket | Token::RightBrace => drop(open.pop()),
                        _ => {}
                    }
                }
                let is_text =
                    lexemes.iter().any(|lexeme| (lexeme.span.start as usize) < at && at < lexeme.span.end as usize);
                if !is_text && let Some(bracket) = open.last() {
                    return Some(*bracket);
                }
            }
            at = next;
        }
        None
    }

    /// A line that ends in the middle of brackets, because the next statement begins.
    fn never_closed(&mut self, mut lexemes: Vec<Lexeme>, bracket: Lexeme) -> usize {
        let open = bracket.span.text(&self.text).chars().next().unwrap_or('(');
        let error = SyntaxError::new(Kind::NeverClosed { open }, Span::at(bracket.span.start));
        let start = lexemes.first().map_or(bracket.span.start, |first| first.span.start) as usize;
        let (limit, _) = self.columns(start);
        let mut end = self.next_line(start);
        while end < self.text.len() {
            let next = self.next_line(end);
            if self.columns_of_line(end).0 <= limit && starts_statement(&self.text[end..next]) {
                break;
            }
            end = next;
        }
        lexemes.retain(|lexeme| (lexeme.span.start as usize) < end);
        self.add_broken(lexemes, start, end, error.with_extent(Extent::EndColumnZero));
        end
    }

    /// Where a statement with an unclosed bracket surely is over: at a line that is not indented deeper and starts like
    /// a statement.
    fn behind_brackets(&self, start: usize, mut at: usize) -> usize {
        let (limit, _) = self.columns(start);
        while at < self.text.len() {
            let next = self.next_line(at);
            let line = self.text[at..next].trim();
            let (column, _) = self.columns_of_line(at);
            let starts = line.starts_with(|first: char| first.is_alphabetic() || matches!(first, '_' | '@'));
            if starts && column <= limit {
                break;
            }
            at = next;
        }
        at
    }

    fn columns(&self, at: usize) -> (u32, u32) {
        self.columns_of_line(self.line_start(at))
    }

    fn columns_of_line(&self, start: usize) -> (u32, u32) {
        characters::columns(&self.source[start..], &self.text[start..])
    }

    fn add_line(&mut self, lexemes: Vec<Lexeme>, end: u32) {
        let Some(first) = lexemes.first() else { return };
        let start = first.span.start;
        let last = lexemes.last().map_or(end, |last| last.span.end);
        let columns = self.columns(start as usize);
        self.lines.push(Line {
            span: Span::new(start, last),
            lexemes,
            columns,
            stand_in: None,
            before: Vec::new(),
            hides_meaning: false,
            depth: 0,
        });
    }

    /// Notes an error, unless its line has one. The tree is given when the line could be read.
    fn report(&mut self, line: Span, error: SyntaxError, tree: Option<&Rc<Module>>) {
        if self.wrong.contains(&line) || self.findings.len() >= MAX_ERRORS {
            return;
        }
        self.wrong.push(line);
        self.note_words(line);
        if self.has_strange_characters(line) {
            return;
        }
        self.findings.push(syntax::finding(&self.text, line, error, tree));
    }

    fn note_words(&mut self, span: Span) {
        let text = self.text.get(span.range()).unwrap_or_default();
        let words = text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
        self.unread_names.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
    }

    // ---- Each line alone ----

    fn judge_lines(&mut self) {
        for at in 0..self.lines.len() {
            if self.lines[at].stand_in.is_some() {
                self.replace(at);
                continue;
            }
            let Err(error) = self.parse_alone(&self.lines[at].lexemes) else { continue };
            if let Some((lexemes, findings)) = syntax::reread(&self.text, &self.lines[at].lexemes)
                && self.parse_alone(&lexemes).is_ok()
            {
                self.lines[at].lexemes = lexemes;
                self.read_as_old.push(self.lines[at].span);
                self.findings.extend(findings);
                continue;
            }
            let span = self.lines[at].span;
            self.report(span, *error, None);
            self.replace(at);
        }
    }

    /// Whether characters of a line were complained of, which is then what CPython says of it. They are not mended: the
    /// line is no Python even so.
    fn has_strange_characters(&mut self, line: Span) -> bool {
        let mut found = false;
        for finding in &mut self.findings {
            let is_here = line.start <= finding.span.start && finding.span.start < line.end.max(line.start + 1);
            if is_here && finding.syntax.is_none() && matches!(finding.code, Code::T401 | Code::T402 | Code::T403) {
                finding.edits.clear();
                found = true;
            }
        }
        found
    }

    /// Parses one line as if the file around it were right.
    fn parse_alone(&self, lexemes: &[Lexeme]) -> Result<(), Box<SyntaxError>> {
        let mut lexemes = lexemes.to_vec();
        let (Some(first), Some(last)) = (lexemes.first().copied(), lexemes.last().copied()) else { return Ok(()) };
        let (start, end) = (first.span.start, last.span.end);
        let (before, after): (&[Token], &[Token]) = match first.token {
            Token::Elif | Token::Else => (
                &[
                    Token::If,
                    Token::True,
                    Token::Colon,
                    Token::Newline,
                    Token::Indent,
                    Token::Pass,
                    Token::Newline,
                    Token::Dedent,
                ],
                &[],
            ),
            Token::Except | Token::Finally => (
                &[Token::Try, Token::Colon, Token::Newline, Token::Indent, Token::Pass, Token::Newline, Token::Dedent],
                &[],
            ),
            Token::Try => (
                &[],
                &[
                    Token::Finally,
                    Token::Colon,
                    Token::Newline,
                    Token::Indent,
                    Token::Pass,
                    Token::Newline,
                    Token::Dedent,
                ],
            ),
            Token::Name if last.token == Token::Colon && first.span.text(&self.text) == "case" => {
                lexemes[0].token = Token::Case;
                (&[Token::Match, Token::True, Token::Colon, Token::Newline, Token::Indent], &[Token::Dedent])
            }
            _ => (&[], &[]),
        };
        // A decorator is no statement without what it decorates, whose name may be any.
        let name = lexemes.iter().copied().find(|lexeme| first.token == Token::At && lexeme.token == Token::Name);
        let at = |tokens: &[Token], place: u32| -> Vec<Lexeme> {
            tokens.iter().map(|&token| Lexeme { token, span: Span::at(place) }).collect()
        };
        let mut all = at(before, start);
        let is_match =
            first.token == Token::Name && last.token == Token::Colon && first.span.text(&self.text) == "match";
        all.append(&mut lexemes);
        if last.token == Token::Colon {
            if is_match {
                all.extend(at(&[Token::Newline, Token::Indent, Token::Case, Token::True, Token::Colon], end));
                all.extend(at(
                    &[Token::Newline, Token::Indent, Token::Pass, Token::Newline, Token::Dedent, Token::Dedent],
                    end,
                ));
            } else {
                all.extend(at(&[Token::Newline, Token::Indent, Token::Pass, Token::Newline, Token::Dedent], end));
            }
        } else {
            all.extend(at(&[Token::Newline], end));
        }
        all.extend(at(after, end));
        if let Some(name) = name {
            all.extend(at(&[Token::Class], end));
            all.push(name);
            all.extend(at(&[Token::Colon, Token::Pass, Token::Newline], end));
        }
        all.extend(at(&[Token::EndOfFile], end));
        soft_keyword::resolve(&self.text, &mut all);
        let stream = TokenStream { lexemes: all, error: None, warnings: Vec::new() };
        parse_tokens(&self.text, stream).map(|_| ())
    }

    /// Puts a stand-in in the place of a line.
    fn replace(&mut self, at: usize) {
        let column = self.lines[at].columns.0;
        let has_block = self.lines.get(at + 1).is_some_and(|next| next.columns.0 > column);
        let place = self.lines[at].span.start;
        if !has_block {
            self.lines[at].stand_in = Some(tokens(&[Token::Pass], place));
            return;
        }
        let line = &self.lines[at];
        let closes = self.lines[at + 1..].iter().find(|next| next.columns.0 <= column);
        let clause = closes.filter(|next| next.columns.0 == column).and_then(Line::first);
        let name =
            line.lexemes.windows(2).find(|pair| pair[1].token == Token::LeftParen && pair[0].token == Token::Name);
        let name = name
            .map(|pair| pair[0])
            .or_else(|| line.lexemes.iter().copied().find(|lexeme| lexeme.token == Token::Name));
        let is_async = line.first() == Some(Token::Async);
        let is_def = line.lexemes.iter().take(2).any(|lexeme| {
            lexeme.token == Token::Def || lexeme.token == Token::Name && lexeme.span.text(&self.text) == "function"
        });
        let (stand_in, hides_meaning) = match (line.first(), name, clause) {
            (Some(Token::Elif), ..) => (tokens(&[Token::Elif, Token::True, Token::Colon], place), false),
            (Some(Token::Else), ..) => (tokens(&[Token::Else, Token::Colon], place), false),
            (Some(Token::Except), ..) => {
                (tokens(&[Token::Except, Token::LeftParen, Token::RightParen, Token::Colon], place), false)
            }
            (Some(Token::Finally), ..) => (tokens(&[Token::Finally, Token::Colon], place), false),
            (Some(Token::Try), ..) | (_, _, Some(Token::Except | Token::Finally)) => {
                (tokens(&[Token::Try, Token::Colon], place), false)
            }
            (_, Some(name), _) if is_def => {
                let mut header = if is_async { tokens(&[Token::Async], place) } else { Vec::new() };
                header.extend(tokens(&[Token::Def], place));
                header.push(name);
                header.extend(tokens(&[Token::LeftParen, Token::RightParen, Token::Colon], name.span.end));
                (header, false)
            }
            (Some(Token::Class), Some(name), _) => {
                let mut header = tokens(&[Token::Class], place);
                header.push(name);
                header.extend(tokens(&[Token::Colon], name.span.end));
                (header, false)
            }
            (Some(Token::For | Token::While), ..) => (tokens(&[Token::While, Token::None, Token::Colon], place), false),
            (Some(Token::If | Token::With), ..) => (tokens(&[Token::If, Token::True, Token::Colon], place), false),
            (Some(Token::Name), Some(first), _) if first.span.text(&self.text) == "match" => {
                let mut header = vec![first];
                header.extend(tokens(&[Token::True, Token::Colon], first.span.end));
                (header, false)
            }
            (Some(Token::Name), Some(first), _) if first.span.text(&self.text) == "case" => {
                let mut header = vec![first];
                header.extend(tokens(&[Token::True, Token::Colon], first.span.end));
                (header, false)
            }
            _ => (tokens(&[Token::If, Token::True, Token::Colon], place), true),
        };
        self.lines[at].stand_in = Some(stand_in);
        self.lines[at].hides_meaning = hides_meaning;
    }

    // ---- Blocks ----

    /// Finds the indents and dedents, and what is wrong with them.
    fn arrange(&mut self) {
        let mut levels = vec![Level { columns: (0, 0), is_block: true, is_reported: false }];
        let mut header: Option<usize> = None;
        for at in 0..self.lines.len() {
            let columns = self.lines[at].columns;
            let start = self.lines[at].span.start;
            let mut before = Vec::new();
            let top = levels[levels.len() - 1];
            if columns.0 > top.columns.0 {
                match header {
                    Some(_) if columns.1 <= top.columns.1 => {
                        self.report_indentation(at, columns, Kind::TabsAndSpaces);
                    }
                    Some(_) => {}
                    None => self.report_indentation(at, top.columns, Kind::UnexpectedIndent),
                }
                levels.push(Level { columns, is_block: header.is_some(), is_reported: false });
                if header.is_some() {
                    before.push(Lexeme { token: Token::Indent, span: Span::at(start) });
                }
            } else {
                if let Some(header) = header {
                    self.report_missing_block(header, at);
                    before.extend(tokens(&[Token::Indent, Token::Pass, Token::Newline, Token::Dedent], start));
                }
                while levels.len() > 1 && columns.0 < levels[levels.len() - 1].columns.0 {
                    let under = levels[levels.len() - 2];
                    if columns.0 > under.columns.0 {
                        // It fits nowhere: it is taken for a line of the block that it nearly fits.
                        self.report_indentation(at, columns, Kind::UnindentMismatch);
                        let last = levels.len() - 1;
                        levels[last].columns = columns;
                        break;
                    }
                    if levels.pop().is_some_and(|left| left.is_block) {
                        before.push(Lexeme { token: Token::Dedent, span: Span::at(start) });
                    }
                }
                let last = levels.len() - 1;
                if levels[last].columns.1 != columns.1
                    && levels[last].columns.0 == columns.0
                    && !levels[last].is_reported
                {
                    self.report_indentation(at, columns, Kind::TabsAndSpaces);
                    levels[last].is_reported = true;
                }
            }
            self.lines[at].before = before;
            self.lines[at].depth = levels.iter().filter(|level| level.is_block).count() - 1;
            header = self.lines[at].opens_block().then_some(at);
        }
        if let Some(header) = header {
            self.report_missing_block(header, self.lines.len());
        }
        self.add_new_indentation();
    }

    fn report_indentation(&mut self, at: usize, level: (u32, u32), kind: Kind) {
        let line = self.lines[at].span;
        if self.wrong.contains(&line) {
            return;
        }
        let start = self.line_start(line.start as usize) as u32;
        let error = match kind {
            Kind::UnexpectedIndent => SyntaxError::new(kind, Span::new(start, line.start)),
            Kind::UnindentMismatch => {
                let end = self.next_line(line.start as usize);
                let end = self.text[..end].trim_end_matches(['\n', '\r']).len() as u32;
                SyntaxError::new(kind, Span::at(end)).with_extent(Extent::EndColumnUnknown)
            }
            kind => SyntaxError::new(kind, Span::at(start)).with_extent(Extent::EndColumnZero),
        };
        let is_unexpected = error.kind == Kind::UnexpectedIndent;
        let mut finding = syntax::finding(&self.text, line, error, None);
        if is_unexpected {
            let level = self.lines[..at].iter().rfind(|other| other.columns == level);
            let blanks = level.map_or("", |other| self.blanks(other.span.start));
            finding.edits.push(Edit::replace(Span::new(start, line.start), blanks));
        }
        if self.findings.len() < MAX_ERRORS {
            self.findings.push(finding);
        }
    }

    /// The blanks before the first token of a line.
    fn blanks(&self, first: u32) -> &str {
        &self.text[self.line_start(first as usize)..first as usize]
    }

    /// The repair of mixed tabs and spaces: four spaces for each block, in all lines.
    fn add_new_indentation(&mut self) {
        let edits = self.lines.iter().filter_map(|line| {
            let (old, new) = (self.blanks(line.span.start), "    ".repeat(line.depth));
            let start = line.span.start - old.len() as u32;
            let is_plain = old.trim_matches([' ', '\t']).is_empty();
            (is_plain && old != new).then(|| Edit::replace(Span::new(start, line.span.start), new))
        });
        let edits: Vec<Edit> = edits.collect();
        for finding in &mut self.findings {
            if finding.code == Code::T404 {
                finding.edits.clone_from(&edits);
            }
        }
    }

    /// Nothing is indented under a header; `at` is the line that should be.
    fn report_missing_block(&mut self, header: usize, at: usize) {
        let line = &self.lines[header];
        if line.stand_in.is_some() {
            return;
        }
        let (what, place) = (syntax::construct(&self.text, &line.lexemes), self.lines.get(at).map(|next| next.span));
        let number = self.index.line(line.span.start);
        let kind = match what {
            Some(what) => Kind::ExpectedBlockAfter { what, line: number },
            None => Kind::ExpectedBlock,
        };
        let first = self.lines.get(at).and_then(|next| next.lexemes.first()).map(|first| first.span);
        let end = self.text.trim_end().len() as u32;
        let error = SyntaxError::new(kind, first.unwrap_or(Span::at(end)));
        let line = place.unwrap_or(Span::at(end));
        if !self.wrong.contains(&line) && self.findings.len() < MAX_ERRORS {
            self.findings.push(syntax::finding(&self.text, line, error, None));
        }
    }

    // ---- The whole ----

    fn stream(&self) -> TokenStream {
        let end = self.text.len() as u32;
        let mut lexemes = Vec::new();
        let mut open = 0;
        for line in &self.lines {
            for lexeme in &line.before {
                match lexeme.token {
                    Token::Indent => open += 1,
                    Token::Dedent => open -= 1,
                    _ => {}
                }
            }
            lexemes.extend_from_slice(&line.before);
            lexemes.extend_from_slice(line.stand_in.as_ref().unwrap_or(&line.lexemes));
            lexemes.push(Lexeme { token: Token::Newline, span: Span::at(line.span.end) });
        }
        if self.lines.last().is_some_and(Line::opens_block) {
            lexemes.extend(tokens(&[Token::Indent, Token::Pass, Token::Newline, Token::Dedent], end));
        }
        for _ in 0..open {
            lexemes.push(Lexeme { token: Token::Dedent, span: Span::at(end) });
        }
        lexemes.push(Lexeme { token: Token::EndOfFile, span: Span::at(end) });
        soft_keyword::resolve(&self.text, &mut lexemes);
        TokenStream { lexemes, error: None, warnings: Vec::new() }
    }

    /// Parses and compiles all lines together, with one more stand-in after each error.
    fn parse_whole(&mut self) -> Option<Rc<Module>> {
        for _ in 0..2 * MAX_ERRORS {
            let parsed = parse_tokens(&self.text, self.stream());
            let (error, tree) = match parsed {
                Ok(parsed) => match compile_error(&parsed.tree, &self.text) {
                    None => return Some(Rc::new(parsed.tree)),
                    Some(error) => (error, Some(Rc::new(parsed.tree))),
                },
                Err(error) => (*error, None),
            };
            let Some(at) = self.line_of(&error) else {
                self.report(Span::default(), error, tree.as_ref());
                return None;
            };
            let is_new = self.lines[at].stand_in.is_none();
            let is_consequence = tree.is_some() && self.is_in_hidden_block(at) || self.is_about_unread_name(&error);
            if is_new && !is_consequence {
                let span = self.lines[at].span;
                self.report(span, error, tree.as_ref());
            }
            if is_new {
                self.replace_in_place(at, tree.is_none());
                continue;
            }
            // A stand-in that does not fit either: another one, and then no tree.
            let place = self.lines[at].span.start;
            let neutral = tokens(&[Token::If, Token::True, Token::Colon], place);
            let is_neutral = self.lines[at].stand_in.as_ref().is_some_and(|lexemes| {
                lexemes.first().is_some_and(|first| matches!(first.token, Token::If | Token::Pass))
            });
            if is_neutral || !self.lines[at].opens_block() {
                return tree;
            }
            self.lines[at].stand_in = Some(neutral);
            self.lines[at].hides_meaning = true;
        }
        None
    }

    /// The line that an error is about.
    fn line_of(&self, error: &SyntaxError) -> Option<usize> {
        if error.extent == Extent::Nowhere || self.lines.is_empty() {
            return None;
        }
        let after = self.lines.partition_point(|line| line.span.start <= error.span.start);
        let at = after.saturating_sub(1);
        // `try` without `except` is reported at what comes instead.
        if error.kind == Kind::MissingExcept {
            let column = self.lines[at].columns.0;
            let is_try = |line: &Line| line.first() == Some(Token::Try) && line.stand_in.is_none();
            let before = &self.lines[..=at];
            return before
                .iter()
                .rposition(|line| is_try(line) && line.columns.0 >= column)
                .or(before.iter().rposition(is_try))
                .or(Some(at));
        }
        Some(at)
    }

    /// A stand-in that keeps the blocks as they are.
    fn replace_in_place(&mut self, at: usize, is_structure: bool) {
        let place = self.lines[at].span.start;
        if !self.lines[at].opens_block() {
            self.lines[at].stand_in = Some(tokens(&[Token::Pass], place));
            return;
        }
        self.replace(at);
        // What stands between lines is wrong: a clause without its statement.
        if is_structure || !self.lines[at].opens_block() {
            self.lines[at].stand_in = Some(tokens(&[Token::If, Token::True, Token::Colon], place));
        }
        self.note_words(self.lines[at].span);
    }

    /// Whether a line stands in a block whose header was replaced by one of another meaning.
    fn is_in_hidden_block(&self, at: usize) -> bool {
        let mut column = self.lines[at].columns.0;
        for line in self.lines[..at].iter().rev() {
            if line.columns.0 < column {
                column = line.columns.0;
                if line.hides_meaning {
                    return true;
                }
            }
        }
        false
    }

    fn is_about_unread_name(&self, error: &SyntaxError) -> bool {
        match &error.kind {
            Kind::NoBindingForNonlocal { name } => self.unread_names.contains(name),
            _ => false,
        }
    }

    // ---- The end ----

    fn finish(mut self, tree: Option<Rc<Module>>, first: Option<SyntaxError>) -> Recovered {
        // What CPython says must be among what is said here.
        if let Some(first) = first {
            let line = self.index.line(first.span.start.min(self.text.len() as u32));
            let is_there = self.findings.iter().any(|finding| {
                let same_kind = finding.syntax.as_ref().is_some_and(|error| error.kind == first.kind);
                same_kind || self.index.line(finding.span.start) == line
            });
            let is_old =
                self.read_as_old.iter().any(|span| span.start <= first.span.start && first.span.start < span.end);
            if !is_there && !is_old {
                let at = self.index.line_start(line);
                let end =
                    self.text[at as usize..].find(['\n', '\r']).map_or(self.text.len() as u32, |end| at + end as u32);
                self.findings.push(syntax::finding(&self.text, Span::new(at, end), first, tree.as_ref()));
            }
        }
        let lexemes = self.stream().lexemes;
        let tree = tree.and_then(Rc::into_inner).unwrap_or_else(|| Module { body: Vec::new() });
        Recovered { text: self.text, tree, lexemes, unread_names: self.unread_names, findings: self.findings }
    }
}

/// Whether a line begins like a statement, and not like one more argument.
fn starts_statement(line: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "async", "class", "def", "elif", "else:", "except", "finally:", "for", "from", "if", "import", "pass", "print",
        "raise", "return", "try:", "while", "with",
    ];
    let line = line.trim();
    if line.starts_with('@') {
        return true;
    }
    let word = line.split(|letter: char| letter.is_whitespace() || letter == '(').next().unwrap_or_default();
    if KEYWORDS.contains(&word) {
        return true;
    }
    // `name = value`; an argument would end with a comma, and has no blanks around its `=` by custom.
    let target = line.split(" = ").next().unwrap_or_default();
    target.len() < line.len()
        && !line.ends_with(',')
        && target.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.' | ',' | ' '))
}

/// A level of indentation.
#[derive(Clone, Copy)]
struct Level {
    columns: (u32, u32),
    /// It is a block; an unexpected indent opens none.
    is_block: bool,
    /// Its tabs and spaces have been complained of.
    is_reported: bool,
}

/// Tokens that stand nowhere in the text.
fn tokens(list: &[Token], place: u32) -> Vec<Lexeme> {
    list.iter().map(|&token| Lexeme { token, span: Span::at(place) }).collect()
}

fn open_brackets(lexemes: &[Lexeme]) -> i32 {
    lexemes.iter().fold(0, |open, lexeme| match lexeme.token {
        Token::LeftParen | Token::LeftBracket | Token::LeftBrace => open + 1,
        Token::RightParen | Token::RightBracket | Token::RightBrace => open - 1,
        _ => open,
    })
}
