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
    /// `RecursionError`: the tree is deeper than the compiler is willing to follow.
    RecursionError,
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
            Self::RecursionError => "RecursionError",
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
    E0003 MemoryError TooDeep => "Parser stack overflowed - Python source too complex to parse",
        help "split the expression: name its parts";
    /// A chain of operators, calls or attributes is longer than the compiler follows.
    E0004 RecursionError TreeTooDeep => "maximum recursion depth exceeded during compilation",
        help "split the expression: name its parts";

    /// A character that cannot be part of any token.
    E0101 SyntaxError InvalidCharacter { character: char, code: u32 } => "invalid character '{character}' (U+{code:04X})",
        help "a character of Python's own set is needed here: it was probably typed with a Chinese input method or pasted from a page";
    /// The same, for a character that cannot be seen.
    E0102 SyntaxError NonPrintableCharacter { code: u32 } => "invalid non-printable character U+{code:04X}",
        help "delete it, and type an ordinary space if one is needed";
    /// A NUL character in a file.
    E0103 SyntaxError NullBytes => "source code cannot contain null bytes";
    /// A NUL character in a string given to `compile`, `eval` or `exec`.
    E0104 SyntaxError NullBytesInString => "source code string cannot contain null bytes";

    /// A string literal runs past the end of its line.
    E0110 SyntaxError UnterminatedString { line: u32 } => "unterminated string literal (detected at line {line})",
        help "close the quote, or use triple quotes to span lines", book "lexing.html#strings";
    /// The same, and a quote in it is escaped.
    E0111 SyntaxError UnterminatedStringEscapedQuote { line: u32 } =>
        "unterminated string literal (detected at line {line}); perhaps you escaped the end quote?",
        help "a backslash before the last quote makes it part of the string", book "lexing.html#strings";
    /// A triple-quoted string runs to the end of the file.
    E0112 SyntaxError UnterminatedTripleString { line: u32 } =>
        "unterminated triple-quoted string literal (detected at line {line})",
        help "close it with the same three quotes", book "lexing.html#strings";
    /// An f-string runs past the end of its line.
    E0113 SyntaxError UnterminatedFString { line: u32 } => "unterminated f-string literal (detected at line {line})",
        help "close the quote, or use triple quotes to span lines", book "lexing.html#strings";
    /// A triple-quoted f-string runs to the end of the file.
    E0114 SyntaxError UnterminatedTripleFString { line: u32 } =>
        "unterminated triple-quoted f-string literal (detected at line {line})",
        help "close it with the same three quotes", book "lexing.html#strings";
    /// A malformed escape in a string.
    E0115 SyntaxError UnicodeEscape { start: usize, end: usize, reason: &'static str } =>
        "(unicode error) 'unicodeescape' codec can't decode bytes in position {start}-{end}: {reason}",
        help "double the backslash, or put an r before the quote", book "lexing.html#strings";
    /// A malformed escape in a bytes literal.
    E0116 SyntaxError BytesEscape { position: usize } => "(value error) invalid \\x escape at position {position}",
        help "double the backslash, or put an r before the quote", book "lexing.html#strings";
    /// A bytes literal with a character beyond ASCII.
    E0117 SyntaxError BytesNotAscii => "bytes can only contain ASCII literal characters",
        help "write the text as a str and encode it: 'text'.encode()", book "lexing.html#strings";

    /// A quote ends an f-string whose field is still open.
    E0120 SyntaxError FStringExpectingBrace => "f-string: expecting '}}'",
        help "close the field with }} before the quote", book "lexing.html#f-strings";
    /// A closing brace outside of any field.
    E0121 SyntaxError FStringSingleBrace => "f-string: single '}}' is not allowed",
        help "write }}}} for a literal brace", book "lexing.html#f-strings";
    /// A bracket closes that was not opened in the same field.
    E0122 SyntaxError FStringUnmatched { close: char } => "f-string: unmatched '{close}'";
    /// Fields inside format specs nest too deeply.
    E0123 SyntaxError FStringTooDeep => "f-string: expressions nested too deeply";
    /// f-strings inside fields nest too deeply.
    E0124 SyntaxError TooManyFStrings => "too many nested f-strings";

    /// A number is followed by letters, or misses digits.
    E0130 SyntaxError InvalidNumber { form: &'static str } => "invalid {form} literal",
        help "a name cannot start with a digit; put a space after a number";
    /// A digit that the radix does not have.
    E0131 SyntaxError InvalidDigit { digit: char, form: &'static str } => "invalid digit '{digit}' in {form} literal";
    /// A decimal integer that starts with a zero.
    E0132 SyntaxError LeadingZeros =>
        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers";
    /// A decimal integer with too many digits.
    E0133 SyntaxError IntegerTooLong { digits: usize } =>
        "Exceeds the limit (4300 digits) for integer string conversion: value has {digits} digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.";

    /// A bracket closes that was never opened.
    E0140 SyntaxError UnmatchedBracket { close: char } => "unmatched '{close}'";
    /// A bracket closes with the wrong partner.
    E0141 SyntaxError MismatchedBracket { close: char, open: char } =>
        "closing parenthesis '{close}' does not match opening parenthesis '{open}'";
    /// The same, and the partner is on another line.
    E0142 SyntaxError MismatchedBracketOnLine { close: char, open: char, line: u32 } =>
        "closing parenthesis '{close}' does not match opening parenthesis '{open}' on line {line}";
    /// The file ends inside a bracket.
    E0143 SyntaxError NeverClosed { open: char } => "'{open}' was never closed";
    /// Brackets nest too deeply.
    E0144 SyntaxError TooManyBrackets => "too many nested parentheses";

    /// Something follows the backslash at the end of a line.
    E0150 SyntaxError AfterContinuation => "unexpected character after line continuation character",
        help "the backslash must be the last character of its line: remove what follows, even spaces";
    /// The file ends after a backslash.
    E0151 SyntaxError UnexpectedEof => "unexpected EOF while parsing";
    /// A line returns to an indentation that no enclosing block has.
    E0152 IndentationError UnindentMismatch => "unindent does not match any outer indentation level",
        help "indent the line exactly as one of the blocks above it";
    /// Tabs and spaces are mixed so that the depth depends on the tab width.
    E0153 TabError TabsAndSpaces => "inconsistent use of tabs and spaces in indentation",
        help "use spaces only";
    /// More than 100 nested blocks.
    E0154 IndentationError TooManyIndents => "too many levels of indentation";
    /// A line is indented more than the one before, which opens no block.
    E0155 IndentationError UnexpectedIndent => "unexpected indent";
    /// A block ends where it may not.
    E0156 IndentationError UnexpectedUnindent => "unexpected unindent";

    /// The bytes of a file are not UTF-8, and it declares no other encoding.
    E0160 SyntaxError UndeclaredEncoding { byte: u8, file: String, line: usize } =>
        "Non-UTF-8 code starting with '\\x{byte:02x}' in file {file} on line {line}, but no encoding declared; see https://peps.python.org/pep-0263/ for details",
        help "save the file as UTF-8, or name its encoding in the first line: # -*- coding: gbk -*-";
    /// A file declares an encoding that is unknown or that does not fit its bytes.
    E0161 SyntaxError EncodingProblem { name: String } => "encoding problem: {name}";

    /// An expression that cannot be assigned to.
    E0201 SyntaxError CannotAssign { what: &'static str } => "cannot assign to {what}";
    /// The same, where a comparison was probably meant.
    E0202 SyntaxError CannotAssignMaybeEqual { what: &'static str } =>
        "cannot assign to {what} here. Maybe you meant '==' instead of '='?";
    /// An expression that cannot be deleted.
    E0203 SyntaxError CannotDelete { what: &'static str } => "cannot delete {what}";
    /// An expression to the left of `+=` and its like.
    E0204 SyntaxError CannotAugment { what: &'static str } => "'{what}' is an illegal expression for augmented assignment";
    /// More than one target before an annotation.
    E0205 SyntaxError CannotAnnotate { what: &'static str } => "only single target (not {what}) can be annotated";
    /// An expression before an annotation.
    E0206 SyntaxError IllegalAnnotation => "illegal target for annotation";
    /// An expression to the left of `:=`.
    E0207 SyntaxError CannotUseWalrus { what: &'static str } => "cannot use assignment expressions with {what}";
    /// `yield` to the left of `=`.
    E0208 SyntaxError YieldAssigned => "assignment to yield expression not possible";
    /// `=` where `==` or `:=` is needed.
    E0209 SyntaxError MaybeComparison => "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
        help "= assigns and may only stand at the start of a statement; == compares";

    /// `(*a)`
    E0210 SyntaxError StarredInGroup => "cannot use starred expression here",
        help "a tuple of one starred element needs a comma: (*a,)";
    /// `[*a for a in b]`
    E0211 SyntaxError UnpackingInComprehension => "iterable unpacking cannot be used in comprehension",
        help "write a second for: [x for a in b for x in a]";
    /// `{**a for a in b}`
    E0212 SyntaxError UnpackingInDictComprehension => "dict unpacking cannot be used in dict comprehension";
    /// `b'a' 'b'`
    E0213 SyntaxError MixedLiterals => "cannot mix bytes and nonbytes literals";
    /// `f'{x!z}'`
    E0214 SyntaxError InvalidConversion { name: String } =>
        "f-string: invalid conversion character '{name}': expected 's', 'r', or 'a'", book "lexing.html#f-strings";
    /// `f'{x! r}'`
    E0215 SyntaxError DistantConversion => "f-string: conversion type must come right after the exclamanation mark";

    /// `f(a=1, b)`
    E0220 SyntaxError PositionalAfterKeyword => "positional argument follows keyword argument";
    /// `f(**a, b)`
    E0221 SyntaxError PositionalAfterUnpacking => "positional argument follows keyword argument unpacking";
    /// `f(**a, *b)`
    E0222 SyntaxError StarAfterDoubleStar => "iterable argument unpacking follows keyword argument unpacking";
    /// `f(a.b=1)`
    E0223 SyntaxError KeywordIsExpression => "expression cannot contain assignment, perhaps you meant \"==\"?";
    /// `f(a for a in b, c)`
    E0224 SyntaxError GeneratorNeedsParentheses => "Generator expression must be parenthesized";

    /// `def f(**a, b)`
    E0230 SyntaxError ParameterAfterKwargs => "arguments cannot follow var-keyword argument";
    /// `def f(a, /, b, /)`
    E0231 SyntaxError SecondSlash => "/ may appear only once";
    /// `def f(*, /)`
    E0232 SyntaxError SlashAfterStar => "/ must be ahead of *";
    /// `def f(/)`
    E0233 SyntaxError LeadingSlash => "at least one argument must precede /";
    /// `def f(*a, *b)`
    E0234 SyntaxError SecondStar => "* argument may appear only once";
    /// `def f(a=1, b)`
    E0235 SyntaxError NonDefaultAfterDefault => "parameter without a default follows parameter with a default";
    /// `def f(*)`
    E0236 SyntaxError NothingAfterStar => "named arguments must follow bare *";

    /// `except` and `except*` together.
    E0240 SyntaxError MixedExcepts => "cannot have both 'except' and 'except*' on the same 'try'";
    /// `case x as _`
    E0241 SyntaxError WildcardTarget => "cannot use '_' as a target";
    /// `case x as 1`
    E0242 SyntaxError InvalidPatternTarget => "invalid pattern target";
    /// `case 1j + 1j`
    E0243 SyntaxError RealNumberRequired => "real number required in complex literal";
    /// `case 1 + 1`
    E0244 SyntaxError ImaginaryNumberRequired => "imaginary number required in complex literal";
    /// `case C(a=1, b)`
    E0245 SyntaxError PositionalPatternAfterKeyword => "positional patterns follow keyword patterns";

    /// Two expressions side by side, in brackets.
    E0301 SyntaxError MissingComma => "invalid syntax. Perhaps you forgot a comma?";
    /// A conditional expression without `else`.
    E0302 SyntaxError MissingElse => "expected 'else' after 'if' expression";
    /// A statement of Python 2.
    E0303 SyntaxError LegacyCall { name: String } => "Missing parentheses in call to '{name}'. Did you mean {name}(...)?",
        help "this is Python 2; in Python 3 it is a function";
    /// A token that nothing else can stand for is missing.
    E0304 SyntaxError ExpectedToken { token: &'static str } => "expected '{token}'";
    /// `(**a)`
    E0305 SyntaxError DoubleStarredInGroup => "cannot use double starred expression here";
    /// `[a, b for a in c]`
    E0306 SyntaxError BareTupleInComprehension => "did you forget parentheses around the comprehension target?";
    /// A comprehension's `for` without `in`.
    E0307 SyntaxError MissingIn => "'in' expected after for-loop variables";
    /// A dict key without a colon.
    E0308 SyntaxError MissingDictColon => "':' expected after dictionary key";
    /// A dict key without a value.
    E0309 SyntaxError MissingDictValue => "expression expected after dictionary key and ':'";
    /// `{a: *b}`
    E0310 SyntaxError StarredDictValue => "cannot use a starred expression in a dictionary value";
    /// `f(a=)`
    E0311 SyntaxError MissingArgumentValue => "expected argument value expression";
    /// `f(*a=1)`
    E0312 SyntaxError AssignToUnpacking => "cannot assign to iterable argument unpacking";
    /// `f(**a=1)`
    E0313 SyntaxError AssignToKeywordUnpacking => "cannot assign to keyword argument unpacking";
    /// `f(*)`
    E0314 SyntaxError InvalidStar => "Invalid star expression";
    /// `def f(a, / *b)`
    E0315 SyntaxError MissingCommaAfterSlash => "expected comma between / and *";
    /// `def f(a, (b, c))`
    E0316 SyntaxError ParenthesizedParameters { owner: &'static str } => "{owner} parameters cannot be parenthesized";
    /// `def f(a=)`
    E0317 SyntaxError MissingDefault => "expected default value expression";
    /// `def f(*a=1)`
    E0318 SyntaxError DefaultOfStarred { what: &'static str } => "{what} argument cannot have default value";
    /// `class C[]: ...`
    E0319 SyntaxError EmptyTypeParameters => "Type parameter list cannot be empty";
    /// `type X[*T: int] = ...`
    E0320 SyntaxError BoundTypeParameter { what: &'static str, owner: &'static str } => "cannot use {what} with {owner}";
    /// `lambda` in an f-string's field.
    E0321 SyntaxError FStringLambda => "f-string: lambda expressions are not allowed without parentheses";
    /// A field without an expression.
    E0322 SyntaxError FStringEmptyField { before: &'static str } => "f-string: valid expression required before '{before}'";
    /// A field whose expression does not start.
    E0323 SyntaxError FStringInvalidField => "f-string: expecting a valid expression after '{{'";
    /// A field that does not go on.
    E0324 SyntaxError FStringExpected { what: &'static str } => "f-string: expecting {what}";
    /// `{a!}`
    E0325 SyntaxError FStringMissingConversion => "f-string: missing conversion character";
    /// `{a!1}`
    E0326 SyntaxError FStringInvalidConversion => "f-string: invalid conversion character";
    /// A block is missing.
    E0327 IndentationError ExpectedBlock => "expected an indented block";
    /// A block is missing after a known head.
    E0328 IndentationError ExpectedBlockAfter { what: &'static str, line: u32 } =>
        "expected an indented block after {what} on line {line}",
        help "indent the lines that belong to it, or write pass";
    /// `try` alone.
    E0329 SyntaxError MissingExcept => "expected 'except' or 'finally' block";
    /// `except A, B:`
    E0330 SyntaxError UnparenthesizedExcept => "multiple exception types must be parenthesized";
    /// `except*:`
    E0331 SyntaxError EmptyExceptStar => "expected one or more exception types";
    /// `from a import b,`
    E0332 SyntaxError TrailingCommaInImport => "trailing comma not allowed without surrounding parentheses";
    /// `from a import`
    E0333 SyntaxError NothingImported => "Expected one or more names after 'import'";
    /// `import a from b`
    E0334 SyntaxError ImportFromSwapped => "Did you mean to use 'from ... import ...' instead?";
    /// `a + not b`
    E0335 SyntaxError NotAfterOperator => "'not' after an operator must be parenthesized";
    /// More than one statement for `compile` in the mode `single`.
    E0336 SyntaxError MultipleStatements => "multiple statements found while compiling a single statement";

    /// `return` in a module or class body.
    E0401 SyntaxError ReturnOutsideFunction => "'return' outside function",
        help "`return` hands a value to a caller: indent it into a `def`";
    /// `yield` in a module or class body.
    E0402 SyntaxError YieldOutsideFunction => "'yield' outside function",
        help "`yield` makes a generator of the function around it: put it into a `def`";
    /// `yield from` in a module or class body.
    E0403 SyntaxError YieldFromOutsideFunction => "'yield from' outside function",
        help "`yield from` makes a generator of the function around it: put it into a `def`";
    /// `yield from` in an `async def`.
    E0404 SyntaxError YieldFromInAsyncFunction => "'yield from' inside async function",
        help "to pass the items on, write `async for item in items: yield item`; to wait for a result, `await` it";
    /// `await` in a module or class body.
    E0405 SyntaxError AwaitOutsideFunction => "'await' outside function",
        help "put it into an `async def` and start that one with `asyncio.run()`";
    /// `await` in a plain `def` or `lambda`.
    E0406 SyntaxError AwaitOutsideAsyncFunction => "'await' outside async function",
        help "only a coroutine can wait: make the function around it an `async def`";
    /// `async for` outside of an `async def`.
    E0407 SyntaxError AsyncForOutsideAsyncFunction => "'async for' outside async function",
        help "the loop waits for its items: make the function around it an `async def`";
    /// `async with` outside of an `async def`.
    E0408 SyntaxError AsyncWithOutsideAsyncFunction => "'async with' outside async function",
        help "entering and leaving wait: make the function around it an `async def`";
    /// A comprehension that waits, outside of an `async def`.
    E0409 SyntaxError AsyncComprehensionOutside => "asynchronous comprehension outside of an asynchronous function",
        help "the comprehension waits for its items: make the function around it an `async def`";
    /// `return value` in an asynchronous generator.
    E0410 SyntaxError ReturnValueInAsyncGenerator => "'return' with value in async generator",
        help "an asynchronous generator has no result: use a bare `return`, or `yield` the value";
    /// `break` in no loop.
    E0411 SyntaxError BreakOutsideLoop => "'break' outside loop";
    /// `continue` in no loop.
    E0412 SyntaxError ContinueOutsideLoop => "'continue' not properly in loop";
    /// A jump out of an `except*` clause.
    E0413 SyntaxError JumpOutOfExceptStar =>
        "'break', 'continue' and 'return' cannot appear in an except* block",
        help "several clauses may run for one group: note the decision in a variable and act on it after the `try`";
    /// A bare `except:` before other clauses.
    E0414 SyntaxError DefaultExceptNotLast => "default 'except:' must be last",
        help "it catches everything, so that the clauses after it would never run";

    /// A name is used, and then declared `global` or `nonlocal`.
    E0420 SyntaxError UsedBeforeDeclaration { name: String, statement: &'static str } =>
        "name '{name}' is used prior to {statement} declaration",
        help "declare it at the top of the function";
    /// A name is assigned, and then declared `global` or `nonlocal`.
    E0421 SyntaxError AssignedBeforeDeclaration { name: String, statement: &'static str } =>
        "name '{name}' is assigned to before {statement} declaration",
        help "declare it at the top of the function";
    /// A parameter is declared `global` or `nonlocal`.
    E0422 SyntaxError DeclaredParameter { name: String, statement: &'static str } =>
        "name '{name}' is parameter and {statement}",
        help "a parameter belongs to its function: give one of the two another name";
    /// An annotated name is declared `global` or `nonlocal`.
    E0423 SyntaxError DeclaredAnnotated { name: String, statement: &'static str } =>
        "annotated name '{name}' can't be {statement}",
        help "annotate it where it is local";
    /// Both declarations for one name.
    E0424 SyntaxError NonlocalAndGlobal { name: String } => "name '{name}' is nonlocal and global";
    /// `nonlocal` in a module.
    E0425 SyntaxError NonlocalAtModuleLevel => "nonlocal declaration not allowed at module level",
        help "there is no function around a module";
    /// `nonlocal` of a name that no function around binds.
    E0426 SyntaxError NoBindingForNonlocal { name: String } => "no binding for nonlocal '{name}' found",
        help "assign it in the function around, or use `global` for a variable of the module";
    /// `nonlocal` of a type parameter.
    E0427 SyntaxError NonlocalTypeParameter { name: String } =>
        "nonlocal binding not allowed for type parameter '{name}'";
    /// Two parameters of one name.
    E0428 SyntaxError DuplicateArgument { name: String } => "duplicate argument '{name}' in function definition";
    /// Two type parameters of one name.
    E0429 SyntaxError DuplicateTypeParameter { name: String } => "duplicate type parameter '{name}'";
    /// `from module import *` in a function or class.
    E0430 SyntaxError ImportStarNotAtModuleLevel => "import * only allowed at module level",
        help "name what you import: a function's variables are known before it runs";
    /// `yield` in a comprehension.
    E0431 SyntaxError YieldInComprehension { place: &'static str } => "'yield' inside {place}",
        help "a comprehension is no place to suspend: write a loop";
    /// An expression that has effects, in an annotation or the like.
    E0432 SyntaxError NotInAnnotation { what: &'static str, place: &'static str } =>
        "{what} cannot be used within {place}";
    /// `:=` in the iterable of a comprehension.
    E0433 SyntaxError WalrusInIterable =>
        "assignment expression cannot be used in a comprehension iterable expression",
        help "assign before the comprehension";
    /// `:=` to the variable of a comprehension.
    E0434 SyntaxError WalrusRebindsIteration { name: String } =>
        "assignment expression cannot rebind comprehension iteration variable '{name}'";
    /// A comprehension's variable that is a target of `:=` in it.
    E0435 SyntaxError IterationRebindsWalrus { name: String } =>
        "comprehension inner loop cannot rebind assignment expression target '{name}'";
    /// `:=` in a comprehension where there is no block to bind its target in.
    E0436 SyntaxError WalrusUnbindable { place: &'static str } =>
        "assignment expression within a comprehension cannot be used {place}";

    /// A future statement after other statements.
    E0440 SyntaxError LateFuture => "from __future__ imports must occur at the beginning of the file",
        help "only the docstring and comments may stand before it";
    /// A future feature that does not exist.
    E0441 SyntaxError UnknownFuture { name: String } => "future feature {name} is not defined";
    /// `from __future__ import braces`
    E0442 SyntaxError FutureBraces => "not a chance";
    /// `__debug__ = ...`
    E0450 SyntaxError AssignDebug => "cannot assign to __debug__";
    /// `del __debug__`
    E0451 SyntaxError DeleteDebug => "cannot delete __debug__";
    /// Two keyword arguments of one name.
    E0452 SyntaxError RepeatedKeyword { name: String } => "keyword argument repeated: {name}";
    /// `*a = b`
    E0453 SyntaxError StarredTargetAlone => "starred assignment target must be in a list or tuple",
        help "with a comma it is a tuple: `*a, = b`";
    /// `*a` where one value is needed.
    E0454 SyntaxError StarredExpression => "can't use starred expression here";
    /// `*a, *b = c`
    E0455 SyntaxError TwoStarredTargets => "multiple starred expressions in assignment",
        help "only one target can take what the others leave";
    /// Too many targets around a starred one.
    E0456 SyntaxError TooManyTargets => "too many expressions in star-unpacking assignment";
    /// A type parameter without default after one with a default.
    E0457 SyntaxError TypeParameterWithoutDefault { name: String } =>
        "non-default type parameter '{name}' follows default type parameter";

    /// `case name:` before other cases.
    E0460 SyntaxError CaptureUnreachable { name: String } =>
        "name capture '{name}' makes remaining patterns unreachable",
        help "a bare name matches everything and binds it: to compare with a constant, write a dotted name or a guard";
    /// `case _:` before other cases.
    E0461 SyntaxError WildcardUnreachable => "wildcard makes remaining patterns unreachable",
        help "`_` matches everything: put it last";
    /// A name captured twice in one pattern.
    E0462 SyntaxError RepeatedCapture { name: String } => "multiple assignments to name '{name}' in pattern",
        help "capture under two names and compare them in a guard";
    /// `case [a] | [b]:`
    E0463 SyntaxError DifferentAlternatives => "alternative patterns bind different names",
        help "after the match it must be known which names there are";
    /// `case [*a, *b]:`
    E0464 SyntaxError TwoStarredPatterns => "multiple starred names in sequence pattern";
    /// Too many patterns around a starred one.
    E0465 SyntaxError TooManyPatterns => "too many expressions in star-unpacking sequence pattern";
    /// `case {1: a, 1: b}:`
    E0466 SyntaxError DuplicatePatternKey { key: String } => "mapping pattern checks duplicate key ({key})";
    /// `case A(x=1, x=2):`
    E0467 SyntaxError RepeatedPatternAttribute { name: String } =>
        "attribute name repeated in class pattern: {name}";
    /// `case f"...":`
    E0468 SyntaxError PatternNotLiteral => "patterns may only match literals and attribute lookups";
    /// `case {f"...": a}:`
    E0469 SyntaxError PatternKeyNotLiteral => "mapping pattern keys may only match literals and attribute lookups";
    /// More than 21 blocks in one another.
    E0489 SyntaxError TooManyBlocks => "too many statically nested blocks",
        help "move the inner blocks into a function";
    /// More code than an instruction's argument can address.
    E0490 SyntaxError CodeTooLarge => "code object is too large";
}

/// How much of an error's place CPython shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Extent {
    /// The whole span.
    #[default]
    Span,
    /// The whole span, with offsets that count bytes: the compiler's errors.
    Exact,
    /// The start; `end_lineno` is the start's line and `end_offset` 0.
    EndColumnZero,
    /// The start; `end_lineno` is the start's line and `end_offset` -1.
    EndColumnUnknown,
    /// The span, and the line end after it.
    LineEnd,
    /// The character before the start, which may be column 0; `end_lineno` is the start's line and `end_offset` -1.
    Before,
    /// Only the line; `offset` and `end_offset` are 0.
    LineOnly,
    /// `lineno` and the rest are 0: there is no text.
    LineZero,
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
            Extent::Span | Extent::LineEnd => {
                let mut end = lines.characters(source, self.span.end);
                let line_end = i32::from(self.extent == Extent::LineEnd);
                // What ends with a line's end is shown on that line.
                if end.column == 0 && end.line > start.line {
                    let text = lines.line_text(source, end.line - 1);
                    (end.line - 1, text.chars().count() as i32 + 2)
                } else {
                    if end.line > start.line {
                        // CPython turns bytes into characters by the first line, and stops at its end.
                        let column = lines.utf8(self.span.end).column as usize;
                        end.column = characters_before(lines.line_text(source, start.line), column);
                    }
                    (end.line, end.column as i32 + 1 + line_end)
                }
            }
            Extent::Exact => {
                let (start, end) = (lines.utf8(self.span.start), lines.utf8(self.span.end));
                let (offset, end_offset) = (start.column as i32 + 1, end.column as i32 + 1);
                return Some(ErrorPlace { line: start.line, offset, end_line: end.line, end_offset });
            }
            Extent::EndColumnZero => (start.line, 0),
            Extent::EndColumnUnknown => (start.line, -1),
            Extent::Before => {
                let offset = start.column as i32;
                return Some(ErrorPlace { line: start.line, offset, end_line: start.line, end_offset: -1 });
            }
            Extent::LineOnly => {
                return Some(ErrorPlace { line: start.line, offset: 0, end_line: start.line, end_offset: 0 });
            }
            Extent::LineZero => return Some(ErrorPlace { line: 0, offset: 0, end_line: 0, end_offset: 0 }),
            Extent::Nowhere => return None,
        };
        Some(ErrorPlace { line: start.line, offset: start.column as i32 + 1, end_line, end_offset })
    }
}

/// Number of characters that start in the first `bytes` bytes of `line`.
fn characters_before(line: &str, bytes: usize) -> u32 {
    line.char_indices().take_while(|&(at, _)| at < bytes).count() as u32
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
    /// Where. The warning is reported for the line of the start; the end may be on a later line of the same literal.
    pub span: Span,
}
