//! Reads a pattern into a tree.
//!
//! The reader takes one token at a time, a character or a backslash with the character behind it, and knows the next one. It
//! words errors and places them as CPython does, down to which of two errors is found first. Flags are settled here: what
//! they change stands in the tree.
//!
//! Source: Standard Library "re", "Regular Expression Syntax".

use super::class::{Case, Category, Item};
use super::{ASCII, DOTALL, IGNORECASE, LOCALE, MULTILINE, NO_LIMIT, RegexError, UNICODE, VERBOSE};
use crate::text::surrogate::{from_private, to_private};
use crate::text::{repr, unicode};

/// Groups nested deeper than this are refused.
const MAX_DEPTH: usize = 480;
/// The number of groups that CPython allows.
const MAX_GROUPS: usize = 1 << 30;
/// Flags of which only one may hold.
const KINDS: u32 = ASCII | LOCALE | UNICODE;

/// A place that takes no characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The begin of the text.
    Begin,
    /// The begin of a line.
    BeginLine,
    /// The end of the text, or before the newline at its end.
    End,
    /// The end of a line.
    EndLine,
    /// The end of the text.
    EndText,
    /// Between a word and no word; `ascii` restricts words to ASCII.
    Boundary {
        /// Whether words are of ASCII letters.
        ascii: bool,
    },
    /// Anywhere else.
    NoBoundary {
        /// Whether words are of ASCII letters.
        ascii: bool,
    },
}

/// Which try comes first, and whether others follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Greed {
    /// As many as possible first.
    Greedy,
    /// As few as possible first.
    Lazy,
    /// As many as possible, and that is that.
    Possessive,
}

/// A piece of a pattern.
#[derive(Clone, Debug)]
pub enum Node {
    /// A character.
    Char(u32, Case),
    /// `.`; whether it takes newlines.
    Any {
        /// Whether it takes newlines.
        newline: bool,
    },
    /// One character of a set.
    Set {
        /// What is listed.
        items: Vec<Item>,
        /// Whether it takes what is not listed.
        negated: bool,
        /// How case is ignored.
        case: Case,
        /// Whether classes are of ASCII.
        ascii: bool,
    },
    /// A place.
    At(At),
    /// One after the other.
    Sequence(Vec<Node>),
    /// One of them.
    Choice(Vec<Node>),
    /// A group that remembers what it matched.
    Capture(usize, Box<Node>),
    /// A group that has flags of its own and remembers nothing.
    Scoped(Box<Node>),
    /// A repeat.
    Repeat {
        /// At least.
        min: u32,
        /// At most.
        max: u32,
        /// In which order.
        greed: Greed,
        /// What is repeated.
        body: Box<Node>,
    },
    /// A look ahead or behind.
    Look {
        /// Whether it looks behind.
        behind: bool,
        /// Whether it must not match.
        negated: bool,
        /// What it looks for.
        body: Box<Node>,
    },
    /// `(?>...)`
    Atomic(Box<Node>),
    /// What a group matched.
    Back(usize, Case),
    /// `(?(group)yes|no)`
    Conditional(usize, Box<Node>, Option<Box<Node>>),
}

/// A pattern that has been read.
#[derive(Debug)]
pub struct Pattern {
    /// The tree.
    pub root: Node,
    /// The flags given and those that stand in the pattern.
    pub flags: u32,
    /// How many groups there are, without the whole match.
    pub groups: usize,
    /// Names of groups, in the order in which they open.
    pub names: Vec<(String, usize)>,
    /// The widths of the groups: least, greatest.
    pub widths: Vec<Option<(u64, u64)>>,
    /// Constructs whose meaning may change: the text of a FutureWarning, and how deep the groups around it are.
    pub warnings: Vec<(String, usize)>,
}

/// Reads a pattern. `text` is its characters; `is_text` tells a `str` from `bytes`.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &[u32], is_text: bool, flags: u32) -> Result<Pattern, RegexError> {
    match parse_with(text, is_text, flags) {
        // The flag for verbose patterns stood inside: read again from the start.
        Err(Stop::Verbose(flags)) => parse_with(text, is_text, flags),
        other => other,
    }
    .map_err(|stop| match stop {
        Stop::Error(error) => error,
        Stop::Verbose(_) => RegexError::TooDeep,
    })
}

fn parse_with(text: &[u32], is_text: bool, flags: u32) -> Result<Pattern, Stop> {
    let mut parser = Parser {
        tokens: Tokens { text, index: 0, next: None },
        is_text,
        flags,
        case_flags: flags,
        names: Vec::new(),
        widths: vec![None],
        behind_groups: None,
        references: Vec::new(),
        warnings: Vec::new(),
    };
    parser.tokens.advance()?;
    let mut root = parser.choice(flags & VERBOSE != 0, 0)?;
    let flags = fix_flags(is_text, parser.flags)?;
    if parser.tokens.next.is_some() {
        return Err(parser.tokens.error("unbalanced parenthesis", 0));
    }
    for (group, position) in &parser.references {
        if *group >= parser.widths.len() {
            let error = RegexError::Pattern(format!("invalid group reference {group}"), Some(*position));
            return Err(Stop::Error(error));
        }
    }
    if let Node::Scoped(inside) = root {
        root = *inside;
    }
    Ok(Pattern {
        root,
        flags,
        groups: parser.widths.len() - 1,
        names: parser.names,
        widths: parser.widths,
        warnings: parser.warnings,
    })
}

/// Settles which alphabet a pattern is about.
fn fix_flags(is_text: bool, flags: u32) -> Result<u32, Stop> {
    let wrong = |message| Err(Stop::Error(RegexError::Flags(message)));
    if is_text {
        if flags & LOCALE != 0 {
            return wrong("cannot use LOCALE flag with a str pattern");
        }
        if flags & ASCII != 0 && flags & UNICODE != 0 {
            return wrong("ASCII and UNICODE flags are incompatible");
        }
        return Ok(if flags & ASCII == 0 { flags | UNICODE } else { flags });
    }
    if flags & UNICODE != 0 {
        return wrong("cannot use UNICODE flag with a bytes pattern");
    }
    if flags & LOCALE != 0 && flags & ASCII != 0 {
        return wrong("ASCII and LOCALE flags are incompatible");
    }
    Ok(flags)
}

/// Why reading ended early.
enum Stop {
    Error(RegexError),
    /// Begin again with these flags.
    Verbose(u32),
}

/// A character, or a backslash and the character behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Plain(u32),
    Escape(u32),
}

impl Token {
    fn is(self, c: char) -> bool {
        self == Token::Plain(c as u32)
    }

    /// The character when it is one of these, not escaped.
    fn one_of(self, chars: &str) -> Option<char> {
        match self {
            Token::Plain(c) => char::from_u32(c).filter(|c| chars.contains(*c)),
            Token::Escape(_) => None,
        }
    }

    fn digit(self, base: u32) -> Option<char> {
        match self {
            Token::Plain(c) if c < 128 => char::from_u32(c).filter(|c| c.is_digit(base)),
            Token::Plain(_) | Token::Escape(_) => None,
        }
    }

    fn len(self) -> usize {
        match self {
            Token::Plain(_) => 1,
            Token::Escape(_) => 2,
        }
    }

    fn text(self) -> String {
        let (mut text, c) = match self {
            Token::Plain(c) => (String::new(), c),
            Token::Escape(c) => (String::from('\\'), c),
        };
        text.extend(to_private(c));
        text
    }
}

pub(super) fn is_ascii_letter(c: u32) -> bool {
    u8::try_from(c).is_ok_and(|c| c.is_ascii_alphabetic())
}

/// The characters that simple escapes stand for, in patterns, sets and templates.
pub(super) fn simple_escape(c: u32) -> Option<u32> {
    Some(match char::from_u32(c)? {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'v' => 11,
        '\\' => 92,
        _ => return None,
    })
}

/// The tokens, one ahead.
struct Tokens<'a> {
    text: &'a [u32],
    index: usize,
    next: Option<Token>,
}

impl Tokens<'_> {
    fn advance(&mut self) -> Result<(), Stop> {
        let Some(&c) = self.text.get(self.index) else {
            self.next = None;
            return Ok(());
        };
        if c != '\\' as u32 {
            self.index += 1;
            self.next = Some(Token::Plain(c));
            return Ok(());
        }
        let Some(&escaped) = self.text.get(self.index + 1) else {
            let error = RegexError::Pattern("bad escape (end of pattern)".to_owned(), Some(self.text.len() - 1));
            return Err(Stop::Error(error));
        };
        self.index += 2;
        self.next = Some(Token::Escape(escaped));
        Ok(())
    }

    fn take(&mut self) -> Result<Option<Token>, Stop> {
        let token = self.next;
        self.advance()?;
        Ok(token)
    }

    fn take_if(&mut self, c: char) -> Result<bool, Stop> {
        let there = self.next.is_some_and(|token| token.is(c));
        if there {
            self.advance()?;
        }
        Ok(there)
    }

    /// Up to `count` digits.
    fn digits(&mut self, count: usize, base: u32) -> Result<String, Stop> {
        let mut digits = String::new();
        while digits.len() < count
            && let Some(digit) = self.next.and_then(|token| token.digit(base))
        {
            digits.push(digit);
            self.advance()?;
        }
        Ok(digits)
    }

    /// The text up to a terminator, which is taken too.
    fn until(&mut self, terminator: char, what: &str) -> Result<String, Stop> {
        let mut text = String::new();
        let mut length = 0;
        loop {
            match self.take()? {
                None if text.is_empty() => return Err(self.error(format!("missing {what}"), 0)),
                None => return Err(self.error(format!("missing {terminator}, unterminated name"), length)),
                Some(token) if token.is(terminator) => {
                    if text.is_empty() {
                        return Err(self.error(format!("missing {what}"), 1));
                    }
                    return Ok(text);
                }
                Some(token) => {
                    length += token.len();
                    text.push_str(&token.text());
                }
            }
        }
    }

    /// Where the next token begins.
    fn tell(&self) -> usize {
        self.index - self.next.map_or(0, Token::len)
    }

    fn seek(&mut self, index: usize) -> Result<(), Stop> {
        self.index = index;
        self.advance()
    }

    fn error(&self, message: impl Into<String>, before: usize) -> Stop {
        Stop::Error(RegexError::Pattern(message.into(), Some(self.tell().saturating_sub(before))))
    }
}

struct Parser<'a> {
    tokens: Tokens<'a>,
    is_text: bool,
    /// The flags of the whole pattern.
    flags: u32,
    /// The flags here, with what scoped groups change.
    case_flags: u32,
    names: Vec<(String, usize)>,
    /// Width of each group, None while it is open; group 0 is the whole match.
    widths: Vec<Option<(u64, u64)>>,
    /// The number of groups when the outermost look behind began.
    behind_groups: Option<usize>,
    /// Groups that conditions name by number, and where.
    references: Vec<(usize, usize)>,
    warnings: Vec<(String, usize)>,
}

impl Parser<'_> {
    fn case(&self) -> Case {
        let flags = self.case_flags;
        if flags & IGNORECASE == 0 {
            Case::Exact
        } else if self.is_ascii() {
            Case::Ascii
        } else {
            Case::Unicode
        }
    }

    /// Whether classes and case are those of ASCII. A `bytes` pattern knows no others.
    fn is_ascii(&self) -> bool {
        !self.is_text || self.case_flags & ASCII != 0
    }

    /// Alternatives up to a closing parenthesis or the end.
    fn choice(&mut self, verbose: bool, depth: usize) -> Result<Node, Stop> {
        if depth > MAX_DEPTH {
            return Err(Stop::Error(RegexError::TooDeep));
        }
        let mut alternatives = Vec::new();
        loop {
            let first = depth == 0 && alternatives.is_empty();
            alternatives.push(self.sequence(verbose, depth, first)?);
            if !self.tokens.take_if('|')? {
                break;
            }
        }
        Ok(if alternatives.len() == 1 { alternatives.swap_remove(0) } else { Node::Choice(alternatives) })
    }

    fn sequence(&mut self, mut verbose: bool, depth: usize, first: bool) -> Result<Node, Stop> {
        let mut nodes: Vec<Node> = Vec::new();
        while let Some(token) = self.tokens.next {
            if token.one_of("|)").is_some() {
                break;
            }
            self.tokens.advance()?;
            if verbose {
                if token.one_of(" \t\n\r\x0b\x0c").is_some() {
                    continue;
                }
                if token.is('#') {
                    while self.tokens.take()?.is_some_and(|token| !token.is('\n')) {}
                    continue;
                }
            }
            let c = match token {
                Token::Escape(c) => {
                    nodes.push(self.escape(c)?);
                    continue;
                }
                Token::Plain(c) => c,
            };
            match char::from_u32(c) {
                Some('[') => nodes.push(self.set(depth)?),
                Some(sign @ ('*' | '+' | '?' | '{')) => self.repeat(sign, &mut nodes)?,
                Some('.') => nodes.push(Node::Any { newline: self.case_flags & DOTALL != 0 }),
                Some('^') => {
                    nodes.push(Node::At(if self.case_flags & MULTILINE != 0 { At::BeginLine } else { At::Begin }));
                }
                Some('$') => {
                    nodes.push(Node::At(if self.case_flags & MULTILINE != 0 { At::EndLine } else { At::End }));
                }
                Some('(') => match self.group(verbose, depth, first && nodes.is_empty())? {
                    Group::Node(node) => nodes.push(node),
                    Group::Nothing => {}
                    Group::Flags => verbose = self.flags & VERBOSE != 0,
                },
                _ => nodes.push(Node::Char(c, self.case())),
            }
        }
        Ok(if nodes.len() == 1 { nodes.swap_remove(0) } else { Node::Sequence(nodes) })
    }

    fn repeat(&mut self, sign: char, nodes: &mut Vec<Node>) -> Result<(), Stop> {
        let here = self.tokens.tell();
        let (min, max) = match sign {
            '*' => (0, NO_LIMIT),
            '+' => (1, NO_LIMIT),
            '?' => (0, 1),
            _ => {
                let brace = Node::Char('{' as u32, self.case());
                if self.tokens.next.is_some_and(|token| token.is('}')) {
                    nodes.push(brace);
                    return Ok(());
                }
                let low = self.tokens.digits(usize::MAX, 10)?;
                let high = if self.tokens.take_if(',')? { self.tokens.digits(usize::MAX, 10)? } else { low.clone() };
                if !self.tokens.take_if('}')? {
                    nodes.push(brace);
                    self.tokens.seek(here)?;
                    return Ok(());
                }
                let number = |digits: &str, default| match digits {
                    "" => Ok(default),
                    digits => match digits.trim_start_matches('0') {
                        "" => Ok(0),
                        digits => digits
                            .parse::<u32>()
                            .ok()
                            .filter(|number| *number != NO_LIMIT)
                            .ok_or(Stop::Error(RegexError::TooLarge)),
                    },
                };
                let (min, max) = (number(&low, 0)?, number(&high, NO_LIMIT)?);
                if max < min {
                    let before = self.tokens.tell() - here;
                    return Err(self.tokens.error("min repeat greater than max repeat", before));
                }
                (min, max)
            }
        };
        let before = self.tokens.tell() - here + 1;
        let body = match nodes.pop() {
            None | Some(Node::At(_)) => return Err(self.tokens.error("nothing to repeat", before)),
            Some(Node::Repeat { .. }) => return Err(self.tokens.error("multiple repeat", before)),
            Some(node) => node,
        };
        let greed = if self.tokens.take_if('?')? {
            Greed::Lazy
        } else if self.tokens.take_if('+')? {
            Greed::Possessive
        } else {
            Greed::Greedy
        };
        nodes.push(Node::Repeat { min, max, greed, body: Box::new(body) });
        Ok(())
    }

    fn escape(&mut self, c: u32) -> Result<Node, Stop> {
        let ascii = self.is_ascii();
        let at = match char::from_u32(c) {
            Some('A') => At::Begin,
            Some('Z') => At::EndText,
            Some('b') => At::Boundary { ascii },
            Some('B') => At::NoBoundary { ascii },
            _ => {
                if let Some(item) = class_item(c) {
                    return Ok(Node::Set { items: vec![item], negated: false, case: Case::Exact, ascii });
                }
                return match self.spelled(c)? {
                    Some(c) => Ok(Node::Char(c, self.case())),
                    None => self.number_escape(c),
                };
            }
        };
        Ok(Node::At(at))
    }

    /// A character that an escape spells in patterns and in sets alike; None for a backslash before a digit.
    fn spelled(&mut self, c: u32) -> Result<Option<u32>, Stop> {
        if let Some(simple) = simple_escape(c) {
            return Ok(Some(simple));
        }
        match char::from_u32(c) {
            Some('x') => self.hexadecimal('x', 2).map(Some),
            Some('u') if self.is_text => self.hexadecimal('u', 4).map(Some),
            Some('U') if self.is_text => {
                let value = self.hexadecimal('U', 8)?;
                if value > 0x10_ffff {
                    let digits = format!("{value:08x}");
                    // The digits as they stand in the pattern.
                    let spelled = self.spelled_before(8).unwrap_or(digits);
                    return Err(self.tokens.error(format!("bad escape \\U{spelled}"), 10));
                }
                Ok(Some(value))
            }
            Some('N') if self.is_text => {
                if !self.tokens.take_if('{')? {
                    return Err(self.tokens.error("missing {", 0));
                }
                let name = self.tokens.until('}', "character name")?;
                match coil_grammar::names::character(&name) {
                    Some(named) => Ok(Some(u32::from(named))),
                    None => {
                        let before = name.chars().count() + r"\N{}".len();
                        let name = repr::string(&name);
                        Err(self.tokens.error(format!("undefined character name {name}"), before))
                    }
                }
            }
            Some('0'..='9') => Ok(None),
            _ if is_ascii_letter(c) => {
                let text = Token::Escape(c).text();
                Err(self.tokens.error(format!("bad escape {text}"), 2))
            }
            _ => Ok(Some(c)),
        }
    }

    fn spelled_before(&self, count: usize) -> Option<String> {
        let end = self.tokens.tell();
        let digits = self.tokens.text.get(end.checked_sub(count)?..end)?;
        digits.iter().map(|c| char::from_u32(*c)).collect()
    }

    fn hexadecimal(&mut self, letter: char, count: usize) -> Result<u32, Stop> {
        let digits = self.tokens.digits(count, 16)?;
        if digits.len() != count {
            let message = format!("incomplete escape \\{letter}{digits}");
            return Err(self.tokens.error(message, digits.len() + 2));
        }
        Ok(u32::from_str_radix(&digits, 16).unwrap_or(u32::MAX))
    }

    /// An escape with digits: an octal number or a group.
    fn number_escape(&mut self, c: u32) -> Result<Node, Stop> {
        let mut digits: String = char::from_u32(c).into_iter().collect();
        if digits == "0" {
            digits += &self.tokens.digits(2, 8)?;
            return Ok(Node::Char(u32::from_str_radix(&digits, 8).unwrap_or(0), self.case()));
        }
        if self.tokens.next.is_some_and(|token| token.digit(10).is_some()) {
            digits += &self.tokens.digits(1, 10)?;
            if digits.bytes().all(|digit| digit < b'8')
                && self.tokens.next.is_some_and(|token| token.digit(8).is_some())
            {
                digits += &self.tokens.digits(1, 8)?;
                return self.octal(&digits).map(|c| Node::Char(c, self.case()));
            }
        }
        let group: usize = digits.parse().unwrap_or(usize::MAX);
        if group >= self.widths.len() {
            return Err(self.tokens.error(format!("invalid group reference {group}"), digits.len()));
        }
        if self.widths[group].is_none() {
            return Err(self.tokens.error("cannot refer to an open group", digits.len() + 1));
        }
        self.check_behind(group)?;
        Ok(Node::Back(group, self.case()))
    }

    fn octal(&self, digits: &str) -> Result<u32, Stop> {
        match u32::from_str_radix(digits, 8) {
            Ok(c) if c <= 0o377 => Ok(c),
            _ => {
                let message = format!("octal escape value \\{digits} outside of range 0-0o377");
                Err(self.tokens.error(message, digits.len() + 1))
            }
        }
    }

    /// Inside a look behind, only groups that were complete before it may be referred to.
    fn check_behind(&self, group: usize) -> Result<(), Stop> {
        let Some(before) = self.behind_groups else { return Ok(()) };
        if self.widths.get(group).is_none_or(|width| width.is_none()) {
            return Err(self.tokens.error("cannot refer to an open group", 0));
        }
        if group >= before {
            return Err(self.tokens.error("cannot refer to group defined in the same lookbehind subpattern", 0));
        }
        Ok(())
    }

    /// A set, whose bracket has been taken.
    fn set(&mut self, depth: usize) -> Result<Node, Stop> {
        let start = self.tokens.tell() - 1;
        let negated = self.tokens.take_if('^')?;
        if self.tokens.next.is_some_and(|token| token.is('[')) {
            self.warn("nested set", self.tokens.tell(), depth);
        }
        let mut items = Vec::new();
        loop {
            let Some(token) = self.tokens.take()? else { return Err(self.unterminated_set(start)) };
            if token.is(']') && !items.is_empty() {
                break;
            }
            if let Some(sign) = token.one_of("-&~|")
                && !items.is_empty()
                && self.tokens.next == Some(token)
            {
                let what = match sign {
                    '-' => "set difference",
                    '&' => "set intersection",
                    '~' => "set symmetric difference",
                    _ => "set union",
                };
                self.warn(what, self.tokens.tell() - 1, depth);
            }
            let low = self.set_item(token)?;
            if !self.tokens.take_if('-')? {
                items.push(low);
                continue;
            }
            let Some(second) = self.tokens.take()? else { return Err(self.unterminated_set(start)) };
            if second.is(']') {
                items.push(low);
                items.push(Item::One('-' as u32));
                break;
            }
            if second.is('-') {
                self.warn("set difference", self.tokens.tell() - 2, depth);
            }
            match (low, self.set_item(second)?) {
                (Item::One(low), Item::One(high)) if low <= high => items.push(Item::Range(low, high)),
                _ => {
                    let message = format!("bad character range {}-{}", token.text(), second.text());
                    return Err(self.tokens.error(message, token.len() + 1 + second.len()));
                }
            }
        }
        if let [Item::One(c)] = items[..]
            && !negated
        {
            return Ok(Node::Char(c, self.case()));
        }
        Ok(Node::Set { items, negated, case: self.case(), ascii: self.is_ascii() })
    }

    fn unterminated_set(&self, start: usize) -> Stop {
        self.tokens.error("unterminated character set", self.tokens.tell() - start)
    }

    fn warn(&mut self, what: &str, position: usize, depth: usize) {
        self.warnings.push((format!("Possible {what} at position {position}"), depth));
    }

    fn set_item(&mut self, token: Token) -> Result<Item, Stop> {
        let c = match token {
            Token::Plain(c) => return Ok(Item::One(c)),
            Token::Escape(c) => c,
        };
        if let Some(item) = class_item(c) {
            return Ok(item);
        }
        if let Some(c) = self.spelled(c)? {
            return Ok(Item::One(c));
        }
        let mut digits: String = char::from_u32(c).into_iter().collect();
        if Token::Plain(c).digit(8).is_none() {
            return Err(self.tokens.error(format!("bad escape \\{digits}"), 2));
        }
        digits += &self.tokens.digits(2, 8)?;
        self.octal(&digits).map(Item::One)
    }

    /// What stands behind an opening parenthesis.
    fn group(&mut self, verbose: bool, depth: usize, may_set_flags: bool) -> Result<Group, Stop> {
        let start = self.tokens.tell() - 1;
        let mut name = None;
        let mut captures = true;
        let mut atomic = false;
        let (mut add, mut remove) = (0, 0);
        if self.tokens.take_if('?')? {
            captures = false;
            let Some(token) = self.tokens.take()? else {
                return Err(self.tokens.error("unexpected end of pattern", 0));
            };
            match token.one_of("P:#=!<(>-iLmsxau") {
                Some('P') => {
                    if self.tokens.take_if('<')? {
                        let given = self.tokens.until('>', "group name")?;
                        self.check_name(&given, 1)?;
                        name = Some(given);
                        captures = true;
                    } else if self.tokens.take_if('=')? {
                        return self.named_reference().map(Group::Node);
                    } else {
                        let Some(token) = self.tokens.take()? else {
                            return Err(self.tokens.error("unexpected end of pattern", 0));
                        };
                        let message = format!("unknown extension ?P{}", token.text());
                        return Err(self.tokens.error(message, token.len() + 2));
                    }
                }
                Some(':') => {}
                Some('#') => loop {
                    if self.tokens.next.is_none() {
                        let before = self.tokens.tell() - start;
                        return Err(self.tokens.error("missing ), unterminated comment", before));
                    }
                    if self.tokens.take()?.is_some_and(|token| token.is(')')) {
                        return Ok(Group::Nothing);
                    }
                },
                Some(sign @ ('=' | '!' | '<')) => return self.look(sign, start, verbose, depth).map(Group::Node),
                Some('(') => return self.conditional(start, verbose, depth).map(Group::Node),
                Some('>') => atomic = true,
                Some(letter) => match self.inline_flags(letter)? {
                    Some(change) => (add, remove) = change,
                    None => {
                        if !may_set_flags {
                            let before = self.tokens.tell() - start;
                            let message = "global flags not at the start of the expression";
                            return Err(self.tokens.error(message, before));
                        }
                        if self.flags & VERBOSE != 0 && !verbose {
                            return Err(Stop::Verbose(self.flags));
                        }
                        self.case_flags = self.flags;
                        return Ok(Group::Flags);
                    }
                },
                None => {
                    let message = format!("unknown extension ?{}", token.text());
                    return Err(self.tokens.error(message, token.len() + 1));
                }
            }
        }
        let number = if captures { Some(self.open_group(name)?) } else { None };
        let inner_verbose = (verbose || add & VERBOSE != 0) && remove & VERBOSE == 0;
        let outer_flags = self.case_flags;
        if add & KINDS != 0 {
            self.case_flags &= !KINDS;
        }
        self.case_flags = (self.case_flags | add) & !remove;
        let body = self.choice(inner_verbose, depth + 1)?;
        self.case_flags = outer_flags;
        self.close(start)?;
        if let Some(number) = number {
            self.widths[number] = Some(self.width_of(&body));
            return Ok(Group::Node(Node::Capture(number, Box::new(body))));
        }
        if atomic {
            return Ok(Group::Node(Node::Atomic(Box::new(body))));
        }
        // Keeps `(?:a*)*` apart from `a**`, and a group with nothing in it from nothing.
        Ok(Group::Node(match body {
            body @ (Node::Repeat { .. } | Node::At(_) | Node::Sequence(_) | Node::Choice(_)) => {
                Node::Scoped(Box::new(body))
            }
            body => body,
        }))
    }

    fn width_of(&self, node: &Node) -> (u64, u64) {
        width_with(node, &self.widths)
    }

    /// The closing parenthesis of what was opened at `start`.
    fn close(&mut self, start: usize) -> Result<(), Stop> {
        if self.tokens.take_if(')')? {
            return Ok(());
        }
        let before = self.tokens.tell() - start;
        Err(self.tokens.error("missing ), unterminated subpattern", before))
    }

    fn open_group(&mut self, name: Option<String>) -> Result<usize, Stop> {
        let number = self.widths.len();
        self.widths.push(None);
        if number > MAX_GROUPS {
            return Err(self.tokens.error("too many groups", 0));
        }
        if let Some(name) = name {
            if let Some((_, old)) = self.names.iter().find(|(known, _)| *known == name) {
                let shown = repr::string(&name);
                let message = format!("redefinition of group name {shown} as group {number}; was group {old}");
                return Err(self.tokens.error(message, name.chars().count() + 1));
            }
            self.names.push((name, number));
        }
        Ok(number)
    }

    fn check_name(&self, name: &str, behind: usize) -> Result<(), Stop> {
        let length = name.chars().count();
        if !self.is_text && !name.is_ascii() {
            let shown = repr::ascii(name);
            return Err(self.tokens.error(format!("bad character in group name {shown}"), length + behind));
        }
        if !unicode::isidentifier(name) {
            let shown = repr::string(name);
            return Err(self.tokens.error(format!("bad character in group name {shown}"), length + behind));
        }
        Ok(())
    }

    fn group_named(&self, name: &str) -> Result<usize, Stop> {
        self.check_name(name, 1)?;
        match self.names.iter().find(|(known, _)| known == name) {
            Some((_, number)) => Ok(*number),
            None => {
                let shown = repr::string(name);
                Err(self.tokens.error(format!("unknown group name {shown}"), name.chars().count() + 1))
            }
        }
    }

    fn named_reference(&mut self) -> Result<Node, Stop> {
        let name = self.tokens.until(')', "group name")?;
        let group = self.group_named(&name)?;
        if self.widths[group].is_none() {
            return Err(self.tokens.error("cannot refer to an open group", name.chars().count() + 1));
        }
        self.check_behind(group)?;
        Ok(Node::Back(group, self.case()))
    }

    fn look(&mut self, sign: char, start: usize, verbose: bool, depth: usize) -> Result<Node, Stop> {
        let mut sign = sign;
        let behind = sign == '<';
        let outer = self.behind_groups;
        if behind {
            let Some(token) = self.tokens.take()? else {
                return Err(self.tokens.error("unexpected end of pattern", 0));
            };
            match token.one_of("=!") {
                Some(given) => sign = given,
                None => {
                    let message = format!("unknown extension ?<{}", token.text());
                    return Err(self.tokens.error(message, token.len() + 2));
                }
            }
            if outer.is_none() {
                self.behind_groups = Some(self.widths.len());
            }
        }
        let body = self.choice(verbose, depth + 1)?;
        self.behind_groups = outer;
        self.close(start)?;
        Ok(Node::Look { behind, negated: sign == '!', body: Box::new(body) })
    }

    fn conditional(&mut self, start: usize, verbose: bool, depth: usize) -> Result<Node, Stop> {
        let name = self.tokens.until(')', "group name")?;
        let length = name.chars().count();
        let group = if name.bytes().all(|byte| byte.is_ascii_digit()) {
            let group = name.parse().unwrap_or(usize::MAX);
            if group == 0 {
                return Err(self.tokens.error("bad group number", length + 1));
            }
            if group >= MAX_GROUPS {
                let number = name.trim_start_matches('0');
                return Err(self.tokens.error(format!("invalid group reference {number}"), length + 1));
            }
            if !self.references.iter().any(|(known, _)| *known == group) {
                self.references.push((group, self.tokens.tell() - length - 1));
            }
            group
        } else {
            self.group_named(&name)?
        };
        self.check_behind(group)?;
        if depth >= MAX_DEPTH {
            return Err(Stop::Error(RegexError::TooDeep));
        }
        let yes = self.sequence(verbose, depth + 1, false)?;
        let mut no = None;
        if self.tokens.take_if('|')? {
            no = Some(Box::new(self.sequence(verbose, depth + 1, false)?));
            if self.tokens.next.is_some_and(|token| token.is('|')) {
                return Err(self.tokens.error("conditional backref with more than two branches", 0));
            }
        }
        self.close(start)?;
        Ok(Node::Conditional(group, Box::new(yes), no))
    }

    /// `(?flags)`, for which the answer is None, or `(?flags-flags:`: what is added, what is removed.
    fn inline_flags(&mut self, letter: char) -> Result<Option<(u32, u32)>, Stop> {
        let (mut add, mut remove) = (0, 0);
        let mut end = letter;
        if letter != '-' {
            let mut letter = letter;
            loop {
                let flag = flag_of(letter);
                if self.is_text && letter == 'L' {
                    let message = "bad inline flags: cannot use 'L' flag with a str pattern";
                    return Err(self.tokens.error(message, 0));
                }
                if !self.is_text && letter == 'u' {
                    let message = "bad inline flags: cannot use 'u' flag with a bytes pattern";
                    return Err(self.tokens.error(message, 0));
                }
                add |= flag;
                if flag & KINDS != 0 && add & KINDS != flag {
                    let message = "bad inline flags: flags 'a', 'u' and 'L' are incompatible";
                    return Err(self.tokens.error(message, 0));
                }
                match self.flag_letter("missing -, : or )")? {
                    Ok(next) => letter = next,
                    Err(')') => {
                        self.flags |= add;
                        return Ok(None);
                    }
                    Err(sign) => {
                        end = sign;
                        break;
                    }
                }
            }
        }
        if end == '-' {
            loop {
                let missing = if remove == 0 { "missing flag" } else { "missing :" };
                match self.flag_letter(missing)? {
                    Ok(letter) => {
                        let flag = flag_of(letter);
                        if flag & KINDS != 0 {
                            let message = "bad inline flags: cannot turn off flags 'a', 'u' and 'L'";
                            return Err(self.tokens.error(message, 0));
                        }
                        remove |= flag;
                    }
                    Err(':') if remove != 0 => break,
                    Err(_) => return Err(self.tokens.error(missing, 1)),
                }
            }
        }
        if add & remove != 0 {
            return Err(self.tokens.error("bad inline flags: flag turned on and off", 1));
        }
        Ok(Some((add, remove)))
    }

    /// The next letter of inline flags, or the sign `)`, `-` or `:`.
    fn flag_letter(&mut self, missing: &str) -> Result<Result<char, char>, Stop> {
        let Some(token) = self.tokens.take()? else { return Err(self.tokens.error(missing, 0)) };
        if let Some(letter) = token.one_of("iLmsxau") {
            return Ok(Ok(letter));
        }
        if let Some(sign) = token.one_of(")-:") {
            return Ok(Err(sign));
        }
        let letter = match token {
            Token::Plain(c) => char::from_u32(c).is_some_and(unicode::is_alpha),
            Token::Escape(_) => false,
        };
        Err(self.tokens.error(if letter { "unknown flag" } else { missing }, token.len()))
    }
}

/// What a parenthesis turned out to be.
enum Group {
    Node(Node),
    /// A comment.
    Nothing,
    /// Flags for the whole pattern.
    Flags,
}

/// Width of a node, where the widths of groups that it refers to are known.
pub(super) fn width_with(node: &Node, groups: &[Option<(u64, u64)>]) -> (u64, u64) {
    const MANY: u64 = 1 << 32;
    match node {
        Node::Back(group, _) => groups.get(*group).copied().flatten().unwrap_or((0, MANY)),
        Node::Capture(_, body) | Node::Scoped(body) | Node::Atomic(body) => width_with(body, groups),
        Node::Sequence(nodes) => nodes.iter().fold((0, 0), |(low, high), node| {
            let width = width_with(node, groups);
            (u64::min(low + width.0, MANY), u64::min(high + width.1, MANY))
        }),
        Node::Choice(nodes) => nodes
            .iter()
            .map(|node| width_with(node, groups))
            .fold((MANY, 0), |sum, width| (sum.0.min(width.0), sum.1.max(width.1))),
        Node::Repeat { min, max, body, .. } => {
            let (low, high) = width_with(body, groups);
            let times = |width: u64, count: u32| {
                let count = if count == NO_LIMIT { MANY } else { u64::from(count) };
                width.saturating_mul(count).min(MANY)
            };
            (times(low, *min), times(high, *max))
        }
        Node::Conditional(_, yes, no) => {
            let yes = width_with(yes, groups);
            let no = no.as_ref().map_or((0, 0), |no| width_with(no, groups));
            (yes.0.min(no.0), yes.1.max(no.1))
        }
        Node::Char(..) | Node::Any { .. } | Node::Set { .. } => (1, 1),
        Node::At(_) | Node::Look { .. } => (0, 0),
    }
}

fn class_item(c: u32) -> Option<Item> {
    let (category, negated) = match char::from_u32(c)? {
        'd' => (Category::Digit, false),
        'D' => (Category::Digit, true),
        's' => (Category::Space, false),
        'S' => (Category::Space, true),
        'w' => (Category::Word, false),
        'W' => (Category::Word, true),
        _ => return None,
    };
    Some(Item::Class { category, negated })
}

fn flag_of(letter: char) -> u32 {
    match letter {
        'i' => IGNORECASE,
        'L' => LOCALE,
        'm' => MULTILINE,
        's' => DOTALL,
        'x' => VERBOSE,
        'a' => ASCII,
        _ => UNICODE,
    }
}

/// The characters of a `str` as code points.
pub fn code_points(text: &str) -> Vec<u32> {
    text.chars().map(from_private).collect()
}
