//! The tokens, with the patterns that find them.
//!
//! A [`Token`] is one byte of "what" and nothing else: the "which" (a name's letters, a literal's value, an f-string's
//! prefix) is read from the source through the token's [`Span`] when somebody needs it. Lexing therefore allocates
//! nothing per token and the parser may copy tokens freely.
//!
//! Most variants carry a logos pattern. The variants without one are made by hand:
//! strings and f-string parts by `lexer.rs`, which only lets logos find the opening quote; `Newline`, `Indent`,
//! `Dedent` and `EndOfFile` by `layout.rs`; `Match`, `Case` and `Type` by `soft_keyword.rs`, from a `Name`, and `WithItems`
//! from a `With`; `Deferred` by `deferral.rs`; the modes by `lib.rs`.
//! f-strings come as CPython 3.12's tokens: a start, then literal pieces and ordinary tokens between braces, then an
//! end. `rf'a{x!r:>{w}}'` is `FStringStart` `FStringMiddle` `{` `Name` `!` `Name` `:` `FStringMiddle` `{` `Name` `}`
//! `}` `FStringEnd`.
//!
//! Source: Language Reference 2, "Lexical analysis"; PEP 701.

use logos::Logos;

use crate::error::{SyntaxError, SyntaxWarning};
use crate::span::Span;

/// A token and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lexeme {
    /// What it is.
    pub token: Token,
    /// Where it is. Empty for `Dedent` and `EndOfFile`; a `Newline`'s holds its line's comment, but not the line end; an
    /// `Indent`'s holds the blanks.
    pub span: Span,
}

/// What [`tokenize`](crate::layout::tokenize) returns: the tokens up to the end of the file or up to the first error.
#[derive(Clone, Debug)]
pub struct TokenStream {
    /// The tokens. The last is `EndOfFile`, unless there is an `error`.
    pub lexemes: Vec<Lexeme>,
    /// Why lexing stopped. The parser reports it if it gets through all `lexemes`; an error that it meets earlier goes
    /// to `diagnose`, which knows which of the two CPython reports.
    pub error: Option<SyntaxError>,
    /// Invalid escapes and the like, in source order.
    pub warnings: Vec<SyntaxWarning>,
}

/// Defines [`Token`], and from the same rows the text that each fixed token is written with.
macro_rules! tokens {
    (
        made { $($(#[$made_meta:meta])* $made:ident = $made_name:literal,)* }
        patterns { $($(#[$pattern_meta:meta])* $pattern:ident = $pattern_name:literal,)* }
        keywords { $($keyword:ident = $keyword_text:literal,)* }
        operators { $($operator:ident = $operator_text:literal,)* }
    ) => {
        /// What kind of token; see the module's documentation.
        #[derive(Logos, Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[logos(skip r"[ \t\x0c]+")]
        pub enum Token {
            $($(#[$made_meta])* $made,)*
            $($(#[$pattern_meta])* $pattern,)*
            $(#[doc = concat!("The keyword `", $keyword_text, "`.")] #[token($keyword_text)] $keyword,)*
            $(#[doc = concat!("`", $operator_text, "`")] #[token($operator_text)] $operator,)*
        }

        impl Token {
            /// The (hard) keywords, as they are written.
            pub const KEYWORDS: &'static [&'static str] = &[$($keyword_text),*];

            /// What the token is called: a keyword's or an operator's own text, or a token name such as `NEWLINE`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$made => $made_name,)*
                    $(Self::$pattern => $pattern_name,)*
                    $(Self::$keyword => $keyword_text,)*
                    $(Self::$operator => $operator_text,)*
                }
            }

            /// Whether this is a (hard) keyword.
            #[must_use]
            pub const fn is_keyword(self) -> bool {
                matches!(self, $(Self::$keyword)|*)
            }

            /// Whether this is an operator or a delimiter.
            #[must_use]
            pub const fn is_operator(self) -> bool {
                matches!(self, $(Self::$operator)|*)
            }
        }
    };
}

tokens! {
    made {
        /// A whole string or bytes literal with its prefix and quotes.
        String = "STRING",
        /// An f-string's prefix and opening quote: the raw flag and the quote are read from its text.
        FStringStart = "FSTRING_START",
        /// Literal text of an f-string or of a format spec. Never empty. Of `{{` and `}}` the span holds one brace: the
        /// text up to and with the first brace is one piece, the text after the second starts the next.
        FStringMiddle = "FSTRING_MIDDLE",
        /// An f-string's closing quote.
        FStringEnd = "FSTRING_END",
        /// The end of a logical line.
        Newline = "NEWLINE",
        /// A line is indented deeper than the one before.
        Indent = "INDENT",
        /// A line is indented less: one token for each block that it leaves.
        Dedent = "DEDENT",
        /// The end of the source.
        EndOfFile = "ENDMARKER",
        /// The statements of a function that are read later, see `deferral.rs`.
        Deferred = "DEFERRED",
        /// `$`, `?` or a backquote: a character that no rule of the grammar takes.
        Stray = "OP",
        /// The soft keyword `match` where it starts a statement.
        Match = "match",
        /// The soft keyword `case` where it starts a case block.
        Case = "case",
        /// The soft keyword `type` where it starts a statement.
        Type = "type",
        /// The keyword `with` where the items stand in parentheses.
        WithItems = "with",
        /// Before the first token: the source is a module.
        ModuleMode = "MODULE_MODE",
        /// Before the first token: the source is one interactive statement.
        InteractiveMode = "INTERACTIVE_MODE",
        /// Before the first token: the source is an expression.
        ExpressionMode = "EXPRESSION_MODE",
    }
    patterns {
        /// An identifier, before NFKC.
        #[regex(r"[\p{XID_Start}_]\p{XID_Continue}*")]
        Name = "NAME",
        /// An integer, floating-point or imaginary literal.
        #[regex(r"[0-9](_?[0-9])*")]
        #[regex(r"0[xX](_?[0-9a-fA-F])+")]
        #[regex(r"0[oO](_?[0-7])+")]
        #[regex(r"0[bB](_?[01])+")]
        #[regex(r"([0-9](_?[0-9])*)?\.[0-9](_?[0-9])*([eE][+-]?[0-9](_?[0-9])*)?[jJ]?")]
        #[regex(r"[0-9](_?[0-9])*\.([eE][+-]?[0-9](_?[0-9])*)?[jJ]?")]
        #[regex(r"[0-9](_?[0-9])*[eE][+-]?[0-9](_?[0-9])*[jJ]?")]
        #[regex(r"[0-9](_?[0-9])*[jJ]")]
        Number = "NUMBER",
        /// A string's prefix and first quote. Never leaves the lexer: it becomes `String` or `FStringStart`.
        #[regex(r#"([rR]|[uU]|[bB]|[fF]|[bB][rR]|[rR][bB]|[fF][rR]|[rR][fF])?['"]"#)]
        Quote = "QUOTE",
        /// A comment, without its line's end. Only in the full token stream.
        #[regex(r"#[^\r\n]*", allow_greedy = true)]
        Comment = "COMMENT",
        /// The end of a line that ends no logical line. Only in the full token stream; in logos' hands, any line end.
        #[regex(r"\r\n|\n|\r")]
        LineEnd = "NL",
        /// A backslash at the end of a line. Never leaves the lexer.
        #[regex(r"\\(\r\n|\n|\r)")]
        Continuation = "CONTINUATION",
    }
    keywords {
        False = "False",
        None = "None",
        True = "True",
        And = "and",
        As = "as",
        Assert = "assert",
        Async = "async",
        Await = "await",
        Break = "break",
        Class = "class",
        Continue = "continue",
        Def = "def",
        Del = "del",
        Elif = "elif",
        Else = "else",
        Except = "except",
        Finally = "finally",
        For = "for",
        From = "from",
        Global = "global",
        If = "if",
        Import = "import",
        In = "in",
        Is = "is",
        Lambda = "lambda",
        Nonlocal = "nonlocal",
        Not = "not",
        Or = "or",
        Pass = "pass",
        Raise = "raise",
        Return = "return",
        Try = "try",
        While = "while",
        With = "with",
        Yield = "yield",
    }
    operators {
        LeftParen = "(",
        RightParen = ")",
        LeftBracket = "[",
        RightBracket = "]",
        LeftBrace = "{",
        RightBrace = "}",
        Colon = ":",
        Comma = ",",
        Semicolon = ";",
        Dot = ".",
        Ellipsis = "...",
        Exclamation = "!",
        Arrow = "->",
        Walrus = ":=",
        At = "@",
        Equal = "=",
        Plus = "+",
        Minus = "-",
        Star = "*",
        DoubleStar = "**",
        Slash = "/",
        DoubleSlash = "//",
        Percent = "%",
        Ampersand = "&",
        Bar = "|",
        Caret = "^",
        Tilde = "~",
        LeftShift = "<<",
        RightShift = ">>",
        EqualEqual = "==",
        NotEqual = "!=",
        LegacyNotEqual = "<>",
        Less = "<",
        LessEqual = "<=",
        Greater = ">",
        GreaterEqual = ">=",
        PlusEqual = "+=",
        MinusEqual = "-=",
        StarEqual = "*=",
        DoubleStarEqual = "**=",
        SlashEqual = "/=",
        DoubleSlashEqual = "//=",
        PercentEqual = "%=",
        AtEqual = "@=",
        AmpersandEqual = "&=",
        BarEqual = "|=",
        CaretEqual = "^=",
        LeftShiftEqual = "<<=",
        RightShiftEqual = ">>=",
    }
}

impl Token {
    /// The token as the lexer made it, before the soft keywords were settled.
    #[must_use]
    pub const fn unsettled(self) -> Self {
        match self {
            Self::Match | Self::Case | Self::Type => Self::Name,
            Self::WithItems => Self::With,
            token => token,
        }
    }
}
