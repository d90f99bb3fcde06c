//! The tree of a pattern, which `parse` makes and `compile` turns into a program.
//!
//! What flags change stands in the nodes: whether case counts, whether a class is of ASCII, which places `^` and `$` mean.

use super::NO_LIMIT;
use super::class::{Case, Item};

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
