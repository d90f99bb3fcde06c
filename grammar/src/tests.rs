//! Unit tests of the lexer, the layout pass and the literals. The expected values are what CPython 3.13 says.

use std::borrow::Cow;

use crate::layout::{tokenize, tokenize_with_trivia};
use crate::numbers::{self, Number};
use crate::span::{LineIndex, Span};
use crate::strings::{self, StringValue};
use crate::token::{Token, TokenStream};

/// The tokens by name, with the text of those whose text varies; an error as `!message line:column`.
fn names(source: &str, stream: &TokenStream) -> String {
    let mut words: Vec<String> = Vec::new();
    for lexeme in &stream.lexemes {
        let text = lexeme.span.text(source);
        words.push(match lexeme.token {
            Token::Name | Token::Number | Token::String | Token::FStringMiddle | Token::Comment => text.to_owned(),
            token => token.name().to_owned(),
        });
    }
    if let Some(error) = &stream.error {
        let place = error.place(source, &LineIndex::new(source)).map(|place| (place.line, place.offset));
        words.push(format!("!{} {place:?}", error.message()));
    }
    words.join(" ")
}

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(names(source, &tokenize(source)), expected);
}

fn whole(text: &str) -> Span {
    Span::new(0, text.len() as u32)
}

fn decoded(text: &str) -> Result<String, String> {
    let mut warnings = Vec::new();
    let mut shown = match strings::decode(text, whole(text), &mut warnings) {
        Ok(StringValue::Str(text)) => text.into_owned(),
        Ok(StringValue::Bytes(bytes)) => format!("{bytes:?}"),
        Err(error) => return Err(error.message()),
    };
    for warning in warnings {
        shown.push_str(&format!(" / {} at {}", warning.message, warning.span.start));
    }
    Ok(shown)
}

#[test]
fn blocks_become_indents_and_dedents() {
    check(
        "if a:\n  b\n\n  # remark\n  if c:\n  \td\ne\n",
        "if a : NEWLINE INDENT b NEWLINE if c : NEWLINE INDENT d NEWLINE DEDENT DEDENT e NEWLINE ENDMARKER",
    );
    check("if a:\n  b", "if a : NEWLINE INDENT b NEWLINE DEDENT ENDMARKER");
    check("", "ENDMARKER");
    check("# only a remark", "ENDMARKER");
    check("if a:\n  b\n   ", "if a : NEWLINE INDENT b NEWLINE DEDENT ENDMARKER");
}

#[test]
fn lines_join_in_brackets_and_after_backslashes() {
    check("(a,\n\n  # x\n b)\n", "( a , b ) NEWLINE ENDMARKER");
    check("a + \\\n  b\n", "a + b NEWLINE ENDMARKER");
    check("a \\ b", "a !unexpected character after line continuation character Some((1, 4))");
    check("a\\\n", "a !unexpected EOF while parsing Some((1, 3))");
}

#[test]
fn every_line_end_counts_once() {
    check("a\r\nb\rc\n", "a NEWLINE b NEWLINE c NEWLINE ENDMARKER");
    check("a\\\r\n b", "a b NEWLINE ENDMARKER");
    let lines = LineIndex::new("a\r\nb\rc\n");
    assert_eq!((lines.line(0), lines.line(3), lines.line(5), lines.line_count()), (1, 2, 3, 4));
}

#[test]
fn indentation_must_be_consistent() {
    check(
        "if a:\n    b\n  c\n",
        "if a : NEWLINE INDENT b NEWLINE !unindent does not match any outer indentation level Some((3, 4))",
    );
    check(
        "if a:\n\tb\n        c\n",
        "if a : NEWLINE INDENT b NEWLINE !inconsistent use of tabs and spaces in indentation Some((3, 1))",
    );
}

#[test]
fn f_strings_are_tokens() {
    check("rf'a{x!r:>{w}}}'", "FSTRING_START a { x ! r : > { w } } !f-string: single '}' is not allowed Some((1, 15))");
    check("f'{{}}{a=}'", "FSTRING_START { } { a = } FSTRING_END NEWLINE ENDMARKER");
    check("f'{x:=5}'", "FSTRING_START { x : =5 } FSTRING_END NEWLINE ENDMARKER");
    check("f'{(x:=5)}'", "FSTRING_START { ( x := 5 ) } FSTRING_END NEWLINE ENDMARKER");
    check("f'{a['b']}'", "FSTRING_START { a [ 'b' ] } FSTRING_END NEWLINE ENDMARKER");
    check("f'{f'{1}'}'", "FSTRING_START { FSTRING_START { 1 } FSTRING_END } FSTRING_END NEWLINE ENDMARKER");
    check("f'\\N{DIGIT ONE}{x}'", "FSTRING_START \\N{DIGIT ONE} { x } FSTRING_END NEWLINE ENDMARKER");
    check("f'{x:\n}'", "FSTRING_START { x : } FSTRING_END NEWLINE ENDMARKER");
    check("f'''{\na\n:b\n}'''", "FSTRING_START { a : b\n } FSTRING_END NEWLINE ENDMARKER");
    check("f'{a'", "FSTRING_START { a !f-string: expecting '}' Some((1, 5))");
    check("f'{)}'", "FSTRING_START { !f-string: unmatched ')' Some((1, 4))");
    check("f'abc", "FSTRING_START !unterminated f-string literal (detected at line 1) Some((1, 1))");
    check(
        "f'{a:{b:{c:{d}}}}'",
        "FSTRING_START { a : { b : { c : !f-string: expressions nested too deeply Some((1, 11))",
    );
}

#[test]
fn brackets_pair_up() {
    check("(\n]", "( !closing parenthesis ']' does not match opening parenthesis '(' on line 1 Some((2, 1))");
    check("a)", "a !unmatched ')' Some((1, 2))");
    check("f(a,\n [b", "f ( a , [ b !'[' was never closed Some((2, 2))");
    let deep = "(".repeat(201);
    assert!(tokenize(&deep).error.is_some_and(|error| error.message() == "too many nested parentheses"));
}

#[test]
fn strings_end_where_they_should() {
    check("'a' \"b\" '''c\nd''' rb'\\''", "'a' \"b\" '''c\nd''' rb'\\'' NEWLINE ENDMARKER");
    check("x = 'abc\ny", "x = !unterminated string literal (detected at line 1) Some((1, 5))");
    check(
        "'abc\\'",
        "!unterminated string literal (detected at line 1); perhaps you escaped the end quote? Some((1, 1))",
    );
    check("'''a\nb\n", "!unterminated triple-quoted string literal (detected at line 2) Some((1, 1))");
}

#[test]
fn malformed_numbers_are_explained() {
    for (source, message) in [
        ("1_", "invalid decimal literal"),
        ("0777", "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers"),
        ("0o8", "invalid digit '8' in octal literal"),
        ("0b_", "invalid binary literal"),
        ("0xg", "invalid hexadecimal literal"),
        ("1jx", "invalid imaginary literal"),
        ("2nd", "invalid decimal literal"),
    ] {
        assert_eq!(tokenize(source).error.map(|error| error.message()).as_deref(), Some(message), "{source}");
    }
    let stream = tokenize("1if 0x1for x");
    let warnings: Vec<_> = stream.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(names("1if 0x1for x", &stream), "1 if 0x1f or x NEWLINE ENDMARKER");
    assert_eq!(warnings, ["invalid decimal literal", "invalid hexadecimal literal"]);
}

#[test]
fn strange_characters_are_named() {
    check("a，b", "!invalid character '，' (U+FF0C) Some((1, 2))");
    check("if：", "!invalid character '：' (U+FF1A) Some((1, 3))");
    check("a = 1\u{A0}", "a = 1 !invalid non-printable character U+00A0 Some((1, 6))");
    check("a ? b", "a OP b NEWLINE ENDMARKER");
    check("变量 = é", "变量 = é NEWLINE ENDMARKER");
}

#[test]
fn comments_are_kept_on_request() {
    let source = "# x\na # y\n\n(b, # z\n)\n";
    assert_eq!(
        names(source, &tokenize_with_trivia(source)),
        "# x NL a # y NEWLINE NL ( b , # z NL ) NEWLINE ENDMARKER"
    );
}

#[test]
fn numbers_have_values() {
    let value = |text: &str| numbers::value(text, whole(text));
    assert_eq!(value("1_000"), Ok(Number::Int(1000)));
    assert_eq!(value("0xFF"), Ok(Number::Int(255)));
    assert_eq!(value("0b1_1"), Ok(Number::Int(3)));
    assert_eq!(value("1e3"), Ok(Number::Float(1000.0)));
    assert_eq!(value(".5j"), Ok(Number::Imaginary(0.5)));
    assert_eq!(value("08.5"), Ok(Number::Float(8.5)));
    assert_eq!(value("1e999"), Ok(Number::Float(f64::INFINITY)));
    assert!(matches!(value("9223372036854775808"), Ok(Number::BigInt(_))));
    assert!(value(&"1".repeat(4301)).is_err());
}

#[test]
fn escapes_have_values() {
    assert_eq!(decoded(r"'a\n\x41\u00e9\U0001f40d\101\N{bullet}'"), Ok("a\nAé🐍A•".to_owned()));
    assert_eq!(decoded("'a\\\n b'"), Ok("a b".to_owned()));
    assert_eq!(decoded(r"r'\n\''"), Ok(r"\n\'".to_owned()));
    assert_eq!(decoded("'''a\r\nb'''"), Ok("a\nb".to_owned()));
    assert_eq!(decoded(r"b'\x00\377\n'"), Ok("[0, 255, 10]".to_owned()));
    assert_eq!(decoded(r"'\ud800'"), Ok("\u{FE000}".to_owned()));
    assert_eq!(decoded(r"'\d\e'"), Ok(r"\d\e / invalid escape sequence '\d' at 1".to_owned()));
    assert_eq!(decoded(r"'\400'"), Ok(r"Ā / invalid octal escape sequence '\400' at 1".to_owned()));
    assert_eq!(decoded(r"''"), Ok(String::new()));
    assert_eq!(decoded(r"'\N{LINE FEED}\N{nbsp}'"), Ok("\n\u{A0}".to_owned()));
}

#[test]
fn malformed_escapes_are_explained() {
    let unicode = |place: &str, reason: &str| -> Result<String, String> {
        Err(format!("(unicode error) 'unicodeescape' codec can't decode bytes in position {place}: {reason}"))
    };
    assert_eq!(decoded(r"'\xg'"), unicode("0-1", "truncated \\xXX escape"));
    assert_eq!(decoded(r"'a\u12'"), unicode("1-4", "truncated \\uXXXX escape"));
    assert_eq!(decoded(r"'é\x1'"), unicode("10-12", "truncated \\xXX escape"));
    assert_eq!(decoded(r"'\U00110000'"), unicode("0-9", "illegal Unicode character"));
    assert_eq!(decoded(r"'\N{no such}'"), unicode("0-10", "unknown Unicode character name"));
    assert_eq!(decoded(r"'\N'"), unicode("0-1", "malformed \\N character escape"));
    assert_eq!(decoded(r"b'a\x1'"), Err("(value error) invalid \\x escape at position 1".to_owned()));
    assert_eq!(decoded("b'é'"), Err("bytes can only contain ASCII literal characters".to_owned()));
}

#[test]
fn plain_literals_borrow() {
    let decoded = strings::decode("'plain'", whole("'plain'"), &mut Vec::new());
    assert!(matches!(decoded, Ok(StringValue::Str(Cow::Borrowed("plain")))));
}

#[test]
fn bodies_of_functions_are_deferred() {
    let deferred = |source: &str| {
        let mut stream = tokenize(source);
        crate::deferral::defer_bodies(source, &mut stream.lexemes);
        names(source, &stream)
    };
    let body = "    if a:\n        b = c\n        d(e)  # f\n";
    assert_eq!(
        deferred(&format!("def f(a: {{}} = 1):\n{body}g = 1\n")),
        "def f ( a : { } = NUMBER ) : NEWLINE INDENT DEFERRED NEWLINE DEDENT g = NUMBER NEWLINE ENDMARKER"
            .replace("NUMBER", "1")
    );
    // A docstring stays, and so does what is short, what needs `__class__`, what is in a function that stays.
    assert_eq!(
        deferred(&format!("def f():\n    'doc'\n{body}")),
        "def f ( ) : NEWLINE INDENT 'doc' NEWLINE DEFERRED NEWLINE DEDENT ENDMARKER"
    );
    assert_eq!(
        deferred(&format!("class A(B):\n    x = 1\n    async def f():\n{}", body.replace("    ", "        "))),
        "class A ( B ) : NEWLINE INDENT x = 1 NEWLINE async def f ( ) : NEWLINE INDENT DEFERRED NEWLINE DEDENT DEDENT \
         ENDMARKER"
    );
    for source in [
        "def f():\n    return a\n".to_owned(),
        "def f(): return [a, b, c, d, e, f, g, h, i]\n".to_owned(),
        format!("def f():\n{body}    super().f()\n"),
        format!("def f[T]():\n{body}"),
        format!("class A[T]:\n  def f():\n{body}"),
        format!("def f():\n  super().f()\n  def g():\n{body}"),
    ] {
        assert_eq!(deferred(&source), names(&source, &tokenize(&source)));
    }
}

#[test]
fn a_definition_is_read_on_its_own() {
    let source = "class A:\n    @d\n    def f(self):\n        if a:\n            b\n        c\n    x = 1\n";
    let span = Span::new(source.find('@').unwrap() as u32, source.find("c\n").unwrap() as u32 + 1);
    let parsed = crate::parse_definition(source, span).unwrap();
    let shown = crate::dump::module(&parsed.tree, &LineIndex::new(source));
    assert!(shown.contains("FunctionDef(name='f'") && shown.contains("lineno=6"), "{shown}");
}
