//! Syntax errors and warnings: one table of codes, wording and help.
//!
//! A stage that finds an error returns data, a [`SyntaxError`]: which row of the table, and where. The wording is
//! CPython 3.13's, word for word; what Coil has to add stands in `help`. Some positions of CPython are odd (an end
//! column of 0 or -1 where it knew none); programs can see them in `SyntaxError.end_offset`, so [`Extent`] keeps them.

use crate::span::{LineIndex, Span};

/// The exception class that an error is raised as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorClass {
    /// `SyntaxError`.
    SyntaxError,
    /// `IndentationError`.
    IndentationError,
    /// `TabError`.
    TabError,
    /// `MemoryError`: the source nests deeper than the parser is willing to follow.
    MemoryError,
}

impl ErrorClass {
    /// The class's name in Python.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SyntaxError => "SyntaxError",
            Self::IndentationError => "IndentationError",
            Self::TabError => "TabError",
            Self::MemoryError => "MemoryError",
        }
    }
}

/// Defines [`SyntaxErrorKind`] from rows of: code, class, variant with its fields, wording, help.
macro_rules! syntax_errors {
    ($(
        $(#[doc = $doc:literal])+
        $code:ident $class:ident $name:ident $({ $($field:ident: $type:ty),* })? => $wording:literal
        $(, help $help:literal)? $(, book $book:literal)?;
    )*) => {
        /// What is wrong, with the details that the wording needs.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum SyntaxErrorKind {
            $($(#[doc = $doc])+ $name $({ $(#[doc = concat!("The message's `", stringify!($field), "`.")] $field: $type),* })?,)*
        }

        impl SyntaxErrorKind {
            /// The codes of the table, in order.
            pub const CODES: &'static [&'static str] = &[$(stringify!($code)),*];

            /// The stable code, such as `E0103`.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name { .. } => stringify!($code),)* }
            }

            /// The exception class.
            #[must_use]
            pub const fn class(&self) -> ErrorClass {
                match self { $(Self::$name { .. } => ErrorClass::$class,)* }
            }

            /// CPython's wording.
            #[must_use]
            pub fn message(&self) -> String {
                match self { $(Self::$name $({ $($field),* })? => format!($wording),)* }
            }

            /// What to do about it, where that is not obvious from the message.
            #[must_use]
            pub const fn help(&self) -> Option<&'static str> {
                match self { $(Self::$name { .. } => syntax_errors!(@option $($help)?),)* }
            }

            /// The book's section about it.
            #[must_use]
            pub const fn book(&self) -> Option<&'static str> {
                match self { $(Self::$name { .. } => syntax_errors!(@option $($book)?),)* }
            }
        }
    };
    (@option) => { None };
    (@option $text:literal) => { Some($text) };
}

syntax_errors! {
    /// The parser stopped and nothing more precise is known.
    E0001 SyntaxError InvalidSyntax => "invalid syntax";
    /// A message that another stage worded itself.
    E0002 SyntaxError Other { message: String } => "{message}";
    /// The source nests deeper than the parser follows.
    E0003 MemoryError TooDeep => "too deeply nested";

    /// A string literal runs past the end of its line.
    E0103 SyntaxError UnterminatedString { line: u32 } => "unterminated string literal (detected at line {line})",
        help "close the quote, or use triple quotes to span lines", book "lexing.html#strings";
}

/// How much of an error's place CPython shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Extent {
    /// The whole span.
    #[default]
    Span,
    /// The start; `end_lineno` is the start's line and `end_offset` 0.
    EndColumnZero,
    /// The start; `end_lineno` is the start's line and `end_offset` -1.
    EndColumnUnknown,
    /// No place at all: `lineno` and the rest are `None`.
    Nowhere,
}

/// One syntax error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub kind: SyntaxErrorKind,
    /// Where.
    pub span: Span,
    /// How much of `span` CPython shows.
    pub extent: Extent,
}

impl SyntaxError {
    /// An error that marks all of `span`.
    #[must_use]
    pub const fn new(kind: SyntaxErrorKind, span: Span) -> Self {
        Self { kind, span, extent: Extent::Span }
    }

    /// The same error, showing only a part of its span.
    #[must_use]
    pub const fn with_extent(mut self, extent: Extent) -> Self {
        self.extent = extent;
        self
    }

    /// The exception class.
    #[must_use]
    pub const fn class(&self) -> ErrorClass {
        self.kind.class()
    }

    /// CPython's wording.
    #[must_use]
    pub fn message(&self) -> String {
        self.kind.message()
    }

    /// The attributes `lineno`, `offset`, `end_lineno` and `end_offset` of the exception; `None` when it has no place.
    #[must_use]
    pub fn place(&self, source: &str, lines: &LineIndex) -> Option<ErrorPlace> {
        let start = lines.characters(source, self.span.start);
        let (end_line, end_offset) = match self.extent {
            Extent::Span => {
                let end = lines.characters(source, self.span.end);
                (end.line, end.column as i32 + 1)
            }
            Extent::EndColumnZero => (start.line, 0),
            Extent::EndColumnUnknown => (start.line, -1),
            Extent::Nowhere => return None,
        };
        Some(ErrorPlace { line: start.line, offset: start.column as i32 + 1, end_line, end_offset })
    }
}

/// An error's place as the exception's attributes give it: lines and character columns count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorPlace {
    /// `lineno`
    pub line: u32,
    /// `offset`
    pub offset: i32,
    /// `end_lineno`
    pub end_line: u32,
    /// `end_offset`: 0 or -1 where CPython knows no end.
    pub end_offset: i32,
}

/// A `SyntaxWarning` (or its like) met while reading the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxWarning {
    /// CPython's wording.
    pub message: String,
    /// Where.
    pub span: Span,
}
