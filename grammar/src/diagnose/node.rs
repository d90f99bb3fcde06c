//! What the recogniser remembers of an expression: enough to name it in a message and to mark it.

use super::cursor::Pool;

/// Kinds of expressions, as far as messages tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Attribute,
    Subscript,
    Starred,
    Name,
    List,
    Tuple,
    Lambda,
    Call,
    /// An operator applied to operands.
    Operation,
    Generator,
    Yield,
    Await,
    ListComprehension,
    SetComprehension,
    DictComprehension,
    Dict,
    Set,
    FString,
    None,
    False,
    True,
    Ellipsis,
    Literal,
    /// A comparison; the flag says whether its first operator is `in`. Its item is the left operand.
    Comparison {
        is_in: bool,
    },
    Conditional,
    Walrus,
    /// Arguments of a call: the positional ones are the items; the flag says whether there is a `**`.
    Arguments {
        unpacks: bool,
    },
    /// Something that no message names.
    Other,
}

impl Kind {
    /// What a message calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Attribute => "attribute",
            Self::Subscript => "subscript",
            Self::Starred => "starred",
            Self::Name => "name",
            Self::List => "list",
            Self::Tuple => "tuple",
            Self::Lambda => "lambda",
            Self::Call => "function call",
            Self::Operation | Self::Other | Self::Arguments { .. } => "expression",
            Self::Generator => "generator expression",
            Self::Yield => "yield expression",
            Self::Await => "await expression",
            Self::ListComprehension => "list comprehension",
            Self::SetComprehension => "set comprehension",
            Self::DictComprehension => "dict comprehension",
            Self::Dict => "dict literal",
            Self::Set => "set display",
            Self::FString => "f-string expression",
            Self::None => "None",
            Self::False => "False",
            Self::True => "True",
            Self::Ellipsis => "ellipsis",
            Self::Literal => "literal",
            Self::Comparison { .. } => "comparison",
            Self::Conditional => "conditional expression",
            Self::Walrus => "named expression",
        }
    }
}

/// An expression, a pattern or a parameter: its kind, its first and its last token, and the parts that matter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) first: usize,
    pub(super) last: usize,
    /// Its parts, as a stretch of the [`Pool`].
    pub(super) items: (u32, u32),
}

impl Node {
    /// A node without parts.
    pub(super) const fn new(kind: Kind, first: usize, last: usize) -> Self {
        Self { kind, first, last, items: (0, 0) }
    }
}

/// Who asks for a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Targets {
    Assigned,
    Deleted,
    /// Of a `for`: in `for x in y` the expression parser has read past the target, as a comparison.
    Looped,
}

/// The first part of `node` that cannot be assigned to or deleted.
pub(super) fn invalid_target(pool: &Pool, node: Node, targets: Targets) -> Option<Node> {
    match node.kind {
        Kind::Name | Kind::Attribute | Kind::Subscript => None,
        // Displays nest no deeper than brackets may.
        Kind::List | Kind::Tuple => pool.items(node).iter().find_map(|&item| invalid_target(pool, item, targets)),
        Kind::Starred if targets == Targets::Deleted => Some(node),
        Kind::Starred => pool.items(node).first().and_then(|&value| invalid_target(pool, value, targets)),
        Kind::Comparison { is_in } if targets == Targets::Looped => match is_in {
            true => pool.items(node).first().and_then(|&left| invalid_target(pool, left, targets)),
            false => None,
        },
        _ => Some(node),
    }
}
