//! Text: classification and case, `repr`.

use super::{Case, check, escape, hex, truth};
use crate::text::codecs::{Codec, Errors};
use crate::text::{repr, surrogate, unicode};

/// The CRC-32 of the answers, separated by zero bytes.
fn digest(answers: impl Iterator<Item = String>) -> String {
    let table: Vec<u32> =
        (0..256).map(|n| (0..8).fold(n, |n, _| if n & 1 == 1 { n >> 1 ^ 0xedb8_8320 } else { n >> 1 })).collect();
    let mut state = u32::MAX;
    let mut add = |b: u8| state = table[usize::from(state as u8 ^ b)] ^ state >> 8;
    for (index, text) in answers.enumerate() {
        if index > 0 {
            add(0);
        }
        Codec::Utf8.encode(&text, Errors::SurrogatePass).unwrap().into_iter().for_each(&mut add);
    }
    (!state).to_string()
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map_or("None".to_owned(), |value| value.to_string())
}

/// The answer for one code point, as CPython prints it.
fn property(name: &str, c: char) -> String {
    let truth = |test: fn(char) -> bool| truth(test(c));
    let text = c.to_string();
    match name {
        "category" => unicode::category(c).to_owned(),
        "east_asian_width" => unicode::east_asian_width(c).to_owned(),
        "is_alpha" => truth(unicode::is_alpha),
        "is_alnum" => truth(unicode::is_alnum),
        "is_decimal" => truth(|c| unicode::decimal_value(c).is_some()),
        "is_digit" => truth(|c| unicode::digit_value(c).is_some()),
        "is_numeric" => truth(unicode::is_numeric),
        "is_lower" => truth(unicode::is_lower),
        "is_upper" => truth(unicode::is_upper),
        "is_title" => truth(unicode::is_title),
        "is_space" => truth(unicode::is_space),
        "is_line_break" => truth(unicode::is_line_break),
        "is_printable" => truth(unicode::is_printable),
        "is_identifier_start" => truth(unicode::is_identifier_start),
        "is_identifier_continue" => truth(unicode::is_identifier_continue),
        "numeric_value" => unicode::numeric_value(c).map_or("None".to_owned(), crate::text::float::repr),
        "digit_value" => shown(unicode::digit_value(c)),
        "decimal_value" => shown(unicode::decimal_value(c)),
        "upper" => unicode::upper(&text),
        "lower" => unicode::lower(&text),
        "title" => unicode::title(&text),
        "swapcase" => unicode::swapcase(&text),
        "casefold" => unicode::casefold(&text),
        "sigma_before" => unicode::lower(&format!("a{c}Σ")),
        "sigma_after" => unicode::lower(&format!("aΣ{c}b")),
        "sigma_alone" => unicode::lower(&format!("{c}Σ")),
        name => panic!("{name}"),
    }
}

fn unicode_case(case: &Case<'_>) -> String {
    if let Some(name) = case.name.strip_prefix("all_") {
        return digest(
            (0..0x3_2000)
                .chain(0xe_0000..0xe_0400)
                .chain(0xf_df00..0xf_e900)
                .chain(0x10_ff00..0x11_0000)
                .map(|point| property(name, surrogate::to_private(point).unwrap())),
        );
    }
    let text = &case.text(0)[..];
    match case.name {
        "upper" => escape(&unicode::upper(text)),
        "lower" => escape(&unicode::lower(text)),
        "title" => escape(&unicode::title(text)),
        "capitalize" => escape(&unicode::capitalize(text)),
        "swapcase" => escape(&unicode::swapcase(text)),
        "casefold" => escape(&unicode::casefold(text)),
        "isalpha" => truth(unicode::isalpha(text)),
        "isalnum" => truth(unicode::isalnum(text)),
        "isdecimal" => truth(unicode::isdecimal(text)),
        "isdigit" => truth(unicode::isdigit(text)),
        "isnumeric" => truth(unicode::isnumeric(text)),
        "isspace" => truth(unicode::isspace(text)),
        "isprintable" => truth(unicode::isprintable(text)),
        "isidentifier" => truth(unicode::isidentifier(text)),
        "islower" => truth(unicode::islower(text)),
        "isupper" => truth(unicode::isupper(text)),
        "istitle" => truth(unicode::istitle(text)),
        name => panic!("{name}"),
    }
}

#[test]
fn characters() {
    check("unicode", include_str!("golden/unicode.txt"), unicode_case);
}

#[test]
fn reprs() {
    check("repr", include_str!("golden/repr.txt"), |case| match case.name {
        "string" => escape(&repr::string(&case.text(0))),
        "ascii" => escape(&repr::ascii(&case.text(0))),
        "bytes" => escape(&repr::bytes(&case.bytes(0))),
        name => panic!("{name}"),
    });
}

#[test]
fn codecs() {
    check("codecs", include_str!("golden/codecs.txt"), |case| {
        let codec = Codec::named(&case.text(0));
        if case.name == "name" {
            let name = escape(&case.text(0));
            return codec
                .map_or_else(|| format!("!LookupError: unknown encoding: {name}"), |codec| codec.name().to_owned());
        }
        let (codec, errors) = (codec.unwrap(), Errors::named(case.args[1]).unwrap());
        match case.name {
            "encode" => match codec.encode(&case.text(2), errors) {
                Ok(bytes) => hex(&bytes),
                Err(error) => format!("!UnicodeEncodeError: {}", escape(&error.encode_message(&case.text(2)))),
            },
            "decode" => match codec.decode(&case.bytes(2), errors) {
                Ok(text) => escape(&text),
                Err(error) => format!("!UnicodeDecodeError: {}", escape(&error.decode_message(&case.bytes(2)))),
            },
            name => panic!("{name}"),
        }
    });
}
