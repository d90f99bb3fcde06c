//! The colours of what is being typed: keywords, strings, numbers, comments, from the tokens of the real lexer.

use std::fmt::Write;

use coil_grammar::token::Token;
use coil_grammar::tokenize;

const KEYWORD: &str = "\x1b[1;34m";
const SUSPENSION: &str = "\x1b[1;35m";
const STRING: &str = "\x1b[32m";
const NUMBER: &str = "\x1b[36m";
const FAINT: &str = "\x1b[2m";
const RESET: &str = "\x1b[0m";

/// The text with colours; its visible characters are those of the text.
pub(crate) fn coloured(text: &str) -> String {
    let mut result = String::with_capacity(text.len() * 2);
    // The continuation prompts are not part of the program: blanks of the same width stand for them.
    let source = text.replace("\n... ", "\n    ");
    let mut done = 0;
    for lexeme in tokenize(&source).lexemes {
        let (start, end) = (lexeme.span.start as usize, lexeme.span.end as usize);
        let Some(colour) = colour_of(lexeme.token) else { continue };
        let (Some(between), Some(token)) = (text.get(done..start), text.get(start..end)) else { continue };
        plain(&mut result, between);
        for (index, line) in token.split('\n').enumerate() {
            if index > 0 {
                result.push('\n');
            }
            let (prompt, line) = match line.strip_prefix("... ") {
                Some(rest) if index > 0 => ("... ", rest),
                _ => ("", line),
            };
            if !prompt.is_empty() {
                let _ = write!(result, "{FAINT}{prompt}{RESET}");
            }
            let _ = write!(result, "{colour}{line}{RESET}");
        }
        done = end;
    }
    plain(&mut result, text.get(done..).unwrap_or_default());
    result
}

fn colour_of(token: Token) -> Option<&'static str> {
    match token {
        Token::Yield | Token::Await | Token::Async => Some(SUSPENSION),
        Token::String | Token::FStringStart | Token::FStringMiddle | Token::FStringEnd => Some(STRING),
        Token::Number => Some(NUMBER),
        token if token.is_keyword() => Some(KEYWORD),
        _ => None,
    }
}

/// What lies between coloured tokens: names and operators as they are, comments and continuation prompts faint.
fn plain(result: &mut String, text: &str) {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            result.push('\n');
        }
        let line = match line.strip_prefix("... ") {
            Some(rest) if index > 0 => {
                let _ = write!(result, "{FAINT}... {RESET}");
                rest
            }
            _ => line,
        };
        match line.find('#') {
            Some(at) => {
                let _ = write!(result, "{}{FAINT}{}{RESET}", &line[..at], &line[at..]);
            }
            None => result.push_str(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::coloured;

    fn visible(text: &str) -> String {
        let mut result = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('\x1b') {
            result.push_str(before);
            rest = after.split_once('m').map_or("", |(_, rest)| rest);
        }
        result + rest
    }

    #[test]
    fn colours_change_no_character() {
        for text in [
            "x = 1  # one",
            "def f():\n...     yield '''a\n... b''' # c\n... ",
            "'unclosed",
            "f'{x!r:>{w}}' await",
            "变量 = “弯引号”",
            "\u{0}\u{7f}$?",
            "",
        ] {
            assert_eq!(visible(&coloured(text)), text);
        }
        assert!(coloured("yield").contains("\x1b[1;35myield"));
    }
}
