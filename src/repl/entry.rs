//! What was typed or pasted, made ready to run: prompts taken off, transcripts cut into their inputs.
//!
//! Text that is copied from a post or a manual carries the prompts `>>>` and `...`, and what the statements printed
//! between them. Inputs of an editor carry `... ` in front of every line but the first, because the editor writes it
//! there.

use coil_grammar::{InteractiveInput, parse_interactive};

/// In front of the first line of an input.
const PRIMARY: &str = ">>>";
/// In front of the others.
const SECONDARY: &str = "...";

/// Whether more lines are needed before the text can run.
pub(crate) fn is_incomplete(text: &str) -> bool {
    if is_transcript(text) || text.trim_start().starts_with(':') {
        return false;
    }
    let source = without_continuations(text) + "\n";
    // A paste of several statements is not one interactive input; it is complete when it is a module.
    matches!(parse_interactive(&source), InteractiveInput::Incomplete)
}

/// Whether the text is copied from a session, prompts included.
pub(crate) fn is_transcript(text: &str) -> bool {
    text.trim_start().lines().next().is_some_and(|line| after_prompt(line, PRIMARY).is_some())
}

/// The inputs in the text, each without prompts. Of a transcript, what stands behind prompts; else the text itself.
pub(crate) fn inputs(text: &str) -> Vec<String> {
    if !is_transcript(text) {
        return vec![without_continuations(text)];
    }
    let mut inputs: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let line = line.trim_start_matches([' ', '\t']);
        if let Some(rest) = after_prompt(line, PRIMARY) {
            inputs.push(format!("{rest}\n"));
            is_open = true;
        } else if is_open && let Some(rest) = after_prompt(line, SECONDARY) {
            if let Some(last) = inputs.last_mut() {
                last.push_str(rest);
                last.push('\n');
            }
        } else {
            // Output of the session that was copied.
            is_open = false;
        }
    }
    inputs
}

/// The rest of a line behind a prompt: of `>>> x`, `x`; of `>>>` alone, nothing.
fn after_prompt<'l>(line: &'l str, prompt: &str) -> Option<&'l str> {
    let rest = line.strip_prefix(prompt)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(' ') }
}

/// The text without the `... ` that the editor puts in front of continuation lines.
pub(crate) fn without_continuations(text: &str) -> String {
    let mut lines = text.split('\n');
    let mut plain = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        plain.push('\n');
        plain.push_str(after_prompt(line, SECONDARY).unwrap_or(line));
    }
    plain
}

/// The blanks that the line after this text should begin with.
pub(crate) fn indentation_after(text: &str) -> String {
    let plain = without_continuations(text);
    let last = plain.rsplit('\n').next().unwrap_or_default();
    let indentation: String = last.chars().take_while(|letter| matches!(letter, ' ' | '\t')).collect();
    let statement = last.trim();
    let code = statement.split('#').next().unwrap_or_default().trim_end();
    if code.ends_with(':') {
        return indentation + "    ";
    }
    let first_word = code.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    if matches!(first_word, "return" | "pass" | "break" | "continue" | "raise")
        && !code.ends_with([',', '(', '[', '{', '\\'])
    {
        let shorter = indentation.len().saturating_sub(4);
        return indentation[..shorter].to_owned();
    }
    indentation
}

#[cfg(test)]
mod tests {
    use super::{indentation_after, inputs, is_incomplete};

    #[test]
    fn the_parser_decides_what_is_complete() {
        for (text, incomplete) in [
            ("x = 1", false),
            ("def f():", true),
            ("def f():\n...     return 1", true),
            ("def f():\n...     return 1\n... ", false),
            ("f(1,", true),
            ("'''a", true),
            ("f(1,]", false),
            ("", false),
            (":help", false),
            ("@decorator", true),
            ("await f()", false),
            ("x = 1\ny = 2", false),
        ] {
            assert_eq!(is_incomplete(text), incomplete, "{text:?}");
        }
    }

    #[test]
    fn a_transcript_is_cut_into_its_inputs() {
        let text = ">>> def f():\n...     yield 1\n...\n>>> list(f())\n[1]\n>>> x = 2\n";
        assert_eq!(inputs(text), ["def f():\n    yield 1\n\n", "list(f())\n", "x = 2\n"]);
        assert_eq!(inputs("x = 1\ny"), ["x = 1\ny"]);
        assert_eq!(inputs("    >>> 1 +\\\n    ... 2\n    3\n"), ["1 +\\\n2\n"]);
    }

    #[test]
    fn blocks_are_indented() {
        assert_eq!(indentation_after("def f():"), "    ");
        assert_eq!(indentation_after("def f():\n...     if x:  # why"), "        ");
        assert_eq!(indentation_after("def f():\n...     if x:\n...         return 1"), "    ");
        assert_eq!(indentation_after("x = 1"), "");
    }
}
