//! House rules that a reader relies on and that no compiler checks: who may import whom, where `unsafe` may
//! stand, that every file says what it is for, and that what documents point at exists.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::root;

/// The floors of `src/`, each with the floors below it that it may import. A floor always may import itself.
/// `ARCHITECTURE.md` explains the order.
const FLOORS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("host", &[]),
    ("code", &["text"]),
    ("compiler", &["code", "text"]),
    ("objects", &["code", "host", "text"]),
    ("diagnostics", &["objects", "code", "text"]),
    ("builtins", &["objects", "code", "host", "text"]),
    ("check", &["compiler", "diagnostics", "stdlib", "code", "text"]),
    ("stdlib", &["diagnostics", "objects", "code", "host", "text"]),
    ("vm", &["objects", "code", "host", "text"]),
];

/// Where the word format, the heap's memory and the frame's slots are handled; everything else goes through
/// what these offer. Files, and folders with a slash at their end.
const UNSAFE_PLACES: &[&str] = &[
    "src/objects/value.rs",
    "src/objects/heap/",
    "src/objects/text.rs",
    "src/objects/frame.rs",
    "src/objects/kind.rs",
    "src/objects/shape.rs",
    "src/vm/run.rs",
    "src/host/control.rs",
    "src/host/descriptor.rs",
    "src/host/layout.rs",
    "src/host/memory.rs",
];

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = rust_files(&["src", "grammar/src", "tests/it"])
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(name, _)| name)
        .collect();
    assert!(silent.is_empty(), "files without a `//!` header: {silent:?}");
}

#[test]
fn floors_import_only_what_lies_below_them() {
    let mut wrong = Vec::new();
    for (name, text) in rust_files(&["src"]) {
        let Some(floor) = name.strip_prefix("src/").and_then(|rest| rest.split(['/', '.']).next()) else { continue };
        let Some((_, below)) = FLOORS.iter().find(|(known, _)| *known == floor) else { continue };
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for (at, _) in line.match_indices("crate::") {
                let imported: String =
                    line[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let known = FLOORS.iter().any(|(known, _)| *known == imported);
                if known && imported != floor && !below.contains(&imported.as_str()) {
                    wrong.push(format!("{name}:{}: `{floor}` may not import `{imported}`", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn unsafe_code_stands_in_few_places_and_says_why() {
    let mut wrong = Vec::new();
    for (name, text) in rust_files(&["src", "grammar/src"]) {
        let lines: Vec<&str> = text.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if !code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "unsafe") {
                continue;
            }
            let may =
                UNSAFE_PLACES.iter().any(|place| name == *place || place.ends_with('/') && name.starts_with(place));
            if !may && !name.starts_with("src/memory_tests/") {
                wrong.push(format!("{name}:{}: unsafe code outside its places", number + 1));
            }
            let block = code.contains("unsafe {") || code.contains("unsafe impl");
            if block && !lines[number.saturating_sub(8)..=number].iter().any(|line| line.contains("SAFETY")) {
                wrong.push(format!("{name}:{}: unsafe code without its reason", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A lint that is expected with a reason tells when the reason is gone; one that is allowed stays silent for ever.
#[test]
fn no_test_is_ignored_and_no_lint_allowed() {
    let marks =
        [["#[ign", "ore"], ["should_", "panic"], ["#[all", "ow("], ["#![all", "ow("]].map(|parts| parts.concat());
    let mut wrong = Vec::new();
    for (name, text) in rust_files(&["src", "grammar/src", "tests"]) {
        wrong.extend(marks.iter().filter(|mark| text.contains(mark.as_str())).map(|mark| format!("{name}: {mark}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A document that names a file in backticks names one that exists.
#[test]
fn documents_name_files_that_exist() {
    let mut documents = vec![root().join("README.md"), root().join("ARCHITECTURE.md"), root().join("CHANGELOG.md")];
    documents.extend(files_below(&root().join("book/src"), "md"));
    let mut wrong = Vec::new();
    for document in documents {
        let text = fs::read_to_string(&document).unwrap_or_default();
        for name in text.split('`').skip(1).step_by(2) {
            let begins = ["src/", "grammar/", "tests/", "samples/", "benches/", "book/"];
            let plain = !name.contains(['<', ' ', '*', '{']);
            if plain && begins.iter().any(|folder| name.starts_with(folder)) && !root().join(name).exists() {
                wrong.push(format!("{}: `{name}`", document.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "these do not exist:\n{}", wrong.join("\n"));
}

/// mdBook reads links without a dash before the first list only, and builds no book when one follows.
#[test]
fn the_summary_is_one_that_mdbook_reads() {
    let summary = fs::read_to_string(root().join("book/src/SUMMARY.md")).unwrap_or_default();
    let numbered = summary.lines().skip_while(|line| !line.starts_with("- ")).filter(|line| !line.is_empty());
    let wrong: Vec<&str> =
        numbered.filter(|line| !line.starts_with("- ") && !line.starts_with("# ") && *line != "---").collect();
    assert!(wrong.is_empty(), "not in a list: {wrong:?}");
}

/// The list of samples has a row for each, and each Python sample its golden.
#[test]
fn every_sample_is_listed() {
    let list = fs::read_to_string(root().join("samples/README.md")).unwrap_or_default();
    let mut wrong = Vec::new();
    for path in ["py", "txt", "md"].iter().flat_map(|extension| files_below(&root().join("samples"), extension)) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name != "README.md" && !list.contains(&format!("| `{name}`")) {
            wrong.push(format!("{name} is not in the list"));
        }
        if name.ends_with(".py") && !path.with_extension("out").exists() {
            wrong.push(format!("{name} has no golden"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn rust_files(folders: &[&str]) -> Vec<(String, String)> {
    let paths = folders.iter().flat_map(|folder| files_below(&root().join(folder), "rs"));
    let named = paths.map(|path| {
        let text = fs::read_to_string(&path).expect("a source file is UTF-8");
        let name = path.strip_prefix(root()).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        (name, text)
    });
    named.collect()
}

fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_below(&path, extension));
        } else if path.extension().is_some_and(|given| given == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}
