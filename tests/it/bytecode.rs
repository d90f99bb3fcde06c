//! The compiler's goldens: `tests/bytecode/*.txt` holds a program, a line `---`, and its disassembly.
//!
//! `UPDATE=1` writes the disassembly anew. Every opcode of the table has to be emitted by some program here, and all the
//! code has to pass the verifier.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use coil::code::{CodeObject, Const, Op, dis, verify};
use coil::compiler::{self, Options};
use coil_grammar::span::LineIndex;

const SEPARATOR: &str = "\n---\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bytecode")
}

fn goldens() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .expect("tests/bytecode can be listed")
        .map(|entry| entry.expect("tests/bytecode can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files
}

/// The program of a golden and the disassembly that stands after it.
fn read(path: &Path) -> (String, String) {
    let text = fs::read_to_string(path).expect("a golden can be read");
    let (program, disassembly) =
        text.split_once(SEPARATOR).unwrap_or_else(|| panic!("{} has no line ---", path.display()));
    (format!("{program}\n"), disassembly.to_owned())
}

fn compile(program: &str, name: &str) -> std::rc::Rc<CodeObject> {
    let tree = coil_grammar::parse_module(program).unwrap_or_else(|error| panic!("{name}: {}", error.message()));
    let lines = LineIndex::new(program);
    let compiled = compiler::compile_module(&tree.tree, &lines, name, &Options::default());
    compiled.unwrap_or_else(|error| panic!("{name}: {}", error.message())).code
}

#[test]
fn disassembly_equals_the_goldens() {
    let mut differing = Vec::new();
    for path in goldens() {
        let (program, expected) = read(&path);
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let code = compile(&program, &name);
        if let Err(error) = verify::verify(&code) {
            panic!("{name}: {error}");
        }
        let actual = dis::disassemble(&code);
        if actual == expected {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            let text = format!("{}{SEPARATOR}{actual}", program.trim_end_matches('\n'));
            fs::write(&path, text).expect("a golden can be written");
        } else {
            differing.push(format!("{name}:\n{actual}"));
        }
    }
    assert!(differing.is_empty(), "bytecode differs (UPDATE=1 accepts it):\n{}", differing.join("\n"));
}

#[test]
fn every_opcode_is_emitted_by_a_golden() {
    let mut emitted = BTreeSet::new();
    for path in goldens() {
        let (program, _) = read(&path);
        collect(&compile(&program, "golden"), &mut emitted);
    }
    let missing: Vec<String> =
        Op::ALL.iter().filter(|op| !emitted.contains(&(**op as u8))).map(|op| op.screaming_name()).collect();
    assert!(missing.is_empty(), "no bytecode test emits {}", missing.join(", "));
}

fn collect(code: &CodeObject, emitted: &mut BTreeSet<u8>) {
    let mut at = 0;
    while let Some(op) = code.instructions.get(at).and_then(|word| Op::from_u8(*word as u8)) {
        emitted.insert(op as u8);
        at += 1 + op.caches();
    }
    for value in &code.consts {
        if let Const::Code(inner) = value {
            collect(inner, emitted);
        }
    }
}

/// The depth of a tree is bounded; within that bound the compiler needs no more stack than the main thread has.
#[test]
fn deep_trees_compile_or_fail_in_order() {
    let thread = std::thread::Builder::new().stack_size(8 << 20).spawn(compile_deep_trees);
    thread.expect("a thread can be started").join().expect("deep trees compile");
}

fn compile_deep_trees() {
    let cases = [
        format!("x = a{}", " + a".repeat(5_000)),
        format!("x = a{}", ".b()".repeat(2_000)),
        format!("x = {}a", "not ".repeat(2_000)),
        format!("x = {}a", "a if b else ".repeat(2_000)),
        format!("x = {}a{}", "[".repeat(150), "]".repeat(150)),
        format!("x = {}a", "lambda: ".repeat(2_000)),
        format!("x = a{}", " ** a".repeat(2_000)),
    ];
    for program in cases {
        let Ok(tree) = coil_grammar::parse_module(&program) else { continue };
        let lines = LineIndex::new(&program);
        match compiler::compile_module(&tree.tree, &lines, "deep", &Options::default()) {
            Ok(compiled) => verify::verify(&compiled.code).expect("the code is valid"),
            Err(error) => assert_eq!(error.message(), "maximum recursion depth exceeded during compilation"),
        }
    }
}
