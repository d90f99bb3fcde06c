//! What an opening parenthesis begins: groups with and without names, looks ahead and behind, conditions, inline flags.

use super::super::tree::{Node, width_with};
use super::super::{ASCII, DOTALL, IGNORECASE, LOCALE, MULTILINE, RegexError, UNICODE, VERBOSE};
use super::tokens::{Stop, Token};
use super::{KINDS, MAX_DEPTH, MAX_GROUPS, Parser};
use crate::text::{repr, unicode};

/// What a parenthesis turned out to be.
pub(super) enum Group {
    Node(Node),
    /// A comment.
    Nothing,
    /// Flags for the whole pattern.
    Flags,
}

impl Parser<'_> {
    /// What stands behind an opening parenthesis.
    pub(super) fn group(&mut self, verbose: bool, depth: usize, may_set_flags: bool) -> Result<Group, Stop> {
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
