//! Unit tests of recovery: which lines of a broken file are named, and that the others are not.

use coil_grammar::span::LineIndex;

use super::{Options, check};

/// Line and code of each finding.
fn found(source: &str) -> Vec<(u32, &'static str)> {
    let lines = LineIndex::new(source);
    let findings = check(source, &Options::default());
    findings.iter().map(|finding| (lines.line(finding.span.start), finding.code.name())).collect()
}

#[test]
fn every_broken_line_is_named_once() {
    assert_eq!(found("x = = 1\ny = 2\nz = = 3\n"), [(1, "S899"), (3, "S899")]);
    assert_eq!(found("def f(:\n    return 1\nprint(f()\nx = f()\n"), [(1, "S802"), (3, "S802")]);
    assert_eq!(found("a = 'one\nb = \"two\nc = 3\n"), [(1, "S804"), (2, "S804")]);
    assert_eq!(found("if x = 1:\n    pass\nelse:\n    pass\n"), [(1, "S806")]);
}

#[test]
fn a_block_keeps_its_meaning_without_its_header() {
    // `return`, `await` and `break` stay where they were.
    assert_eq!(found("def f(a b):\n    return a\n"), [(1, "S899")]);
    assert_eq!(found("async def f(a, b c):\n    await a\n    return b\n"), [(1, "S899")]);
    assert_eq!(found("for x on [1]:\n    break\nelse:\n    pass\n"), [(1, "T406")]);
    assert_eq!(found("class A(:\n    def f(self):\n        return 1\n"), [(1, "S802")]);
    assert_eq!(found("try x:\n    pass\nexcept ValueError:\n    pass\n"), [(1, "S801")]);
    assert_eq!(found("match 1:\n    case 1 2:\n        pass\n    case _:\n        pass\n"), [(2, "S899")]);
}

#[test]
fn names_of_lines_that_were_left_out_are_not_called_undefined() {
    assert_eq!(found("total = = 1\nprint(total)\n"), [(1, "S899")]);
    assert_eq!(found("from x import (a, b\nprint(a, b)\n"), [(1, "S802")]);
}

#[test]
fn code_for_an_old_python_is_left_alone() {
    assert_eq!(found("if bytes is str:\n    text = unicode\nelse:\n    text = str\n"), []);
    assert_eq!(found("import sys\ntext = str if sys.version_info[0] > 2 else unicode\n"), []);
    assert_eq!(found("if 0:\n    put_aside()\n"), []);
    // A short name is near to many modules, and means none of them.
    assert_eq!(found("frame.find(1)\n"), [(1, "K602")]);
    assert_eq!(found("aysncio.run(1)\n"), [(1, "T407")]);
}

#[test]
fn what_is_wrong_between_lines_is_found() {
    assert_eq!(found("else:\n    pass\nx = 1\nelif x:\n    pass\n"), [(1, "S817"), (4, "S817")]);
    assert_eq!(found("try:\n    x = 1\ny = 2\nreturn y\n"), [(3, "S819"), (4, "S817")]);
    assert_eq!(found("def f():\nx = 1\n"), [(2, "T405")]);
    assert_eq!(found("x = 1\n  y = 2\n  z = 3\nw = 4\n"), [(2, "T405")]);
    assert_eq!(found("if 1:\n        x = 1\n    y = 2\nz = 3\n"), [(3, "T405")]);
}

#[test]
fn an_open_bracket_ends_where_the_next_statement_begins() {
    assert_eq!(found("x = [1, 2\ndef f():\n    return 3)\n"), [(1, "S802"), (3, "S803")]);
    // A call over several lines, however they are indented, is no open bracket.
    assert_eq!(found("print(\n1,\n2)\nx = dict(a=1,\nb=2)\n"), []);
}

#[test]
fn texts_that_are_no_programs_end_as_well() {
    for source in [
        "", "\n", "\\", "(", "\"\"\"", "\u{feff}", "\t\t\t", ">>>", ">>> ", "f'{", "x = “", "，", "@", ":", "\0", "#\r",
    ] {
        let _ = found(source);
    }
    let deep = format!("{}1{}\n", "(".repeat(300), ")".repeat(300));
    assert_eq!(found(&deep).len(), 1);
}
