//! Reads a pattern into a tree.
//!
//! The reader takes one token at a time, a character or a backslash with the character behind it, and knows the next one. It
//! words errors and places them as CPython does, down to which of two errors is found first. Flags are settled here: what
//! they change stands in the tree. `tokens.rs` takes the text apart, `group.rs` reads what is in parentheses.
//!
//! Source: Standard Library "re", "Regular Expression Syntax".

mod group;
mod tokens;

use super::class::{Case, Category, Item};
use super::tree::{At, Greed, Node, Pattern};
use super::{ASCII, DOTALL, IGNORECASE, LOCALE, MULTILINE, NO_LIMIT, RegexError, UNICODE, VERBOSE};
use crate::text::repr;
use crate::text::surrogate::from_private;

use group::Group;
use tokens::{Stop, Token, Tokens};
pub(super) use tokens::{is_ascii_letter, simple_escape};

/// Groups nested deeper than this are refused.
const MAX_DEPTH: usize = 480;
/// The number of groups that CPython allows.
const MAX_GROUPS: usize = 1 << 30;
/// Flags of which only one may hold.
const KINDS: u32 = ASCII | LOCALE | UNICODE;

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

/// The characters of a `str` as code points.
pub fn code_points(text: &str) -> Vec<u32> {
    text.chars().map(from_private).collect()
}
