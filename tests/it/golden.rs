//! `coil test` and `coil run`: the project's own book and samples pass, and what is wrong is found and shown.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::process::root;

/// Runs `coil` in a folder; what it wrote and its exit status.
fn coil(folder: &PathBuf, arguments: &[&str]) -> (String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_coil"));
    let output = command.args(arguments).current_dir(folder).env("COLUMNS", "60").output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (text, output.status.code().unwrap_or(-1))
}

/// A folder with files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("golden-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

#[test]
fn the_book_and_the_samples_pass() {
    let (text, status) = coil(&root().to_path_buf(), &["test", "book", "samples"]);
    assert_eq!(status, 0, "{text}");
}

#[test]
fn virtual_time_may_be_asked_for_on_either_side() {
    let folder = folder("virtual", &[("long.py", "import time\ntime.sleep(1000)\nprint('up')    # expect: up\n")]);
    for arguments in [["test", "--virtual-time", "long.py"], ["--virtual-time", "test", "long.py"]] {
        let (text, status) = coil(&folder, &arguments);
        assert_eq!(status, 0, "{text}");
    }
    let (text, status) = coil(&folder, &["test", "--virtual-time", "--real-time", "long.py"]);
    assert_eq!(status, 2, "{text}");
}

#[test]
fn every_kind_of_file_passes_and_fails() {
    let post = "```python\nimport time\ntime.sleep(1000)\nx = 1\n```\n\n```python\nprint(x)\n```\nOutput:\n\n```\n1\n```\n\n\
        ```python\nx / 0\n```\n\n```\nTraceback (most recent call last):\n  ...\nZeroDivisionError: division by zero\n```\n\n\
        <!-- coil: swap 1-2 -->\n```python\nprint('b\\na')\n```\n\n```text\na\nb\n```\n";
    let docstring = "def double(x):\n    '''Twice.\n\n    >>> double(2)\n    4\n    >>> double('a')\n    'aa'\n    '''\n    return 2 * x\n";
    let files: &[(&str, &str)] = &[
        ("post.md", post),
        ("golden.py", "import sys\nprint(input())\nsys.exit(3)\n"),
        ("golden.in", "line\n"),
        ("golden.out", "line\n--- exit 3\n"),
        ("comments.py", "print(1)  # expect: 1\nprint('a')  # expect: a\n"),
        ("docstring.py", docstring),
        ("session.txt", ">>> [n for n in range(3)]\n[0, 1, 2]\n>>> _\n[0, 1, 2]\n"),
        ("unordered.py", "# coil: swap 1-2\nprint('x')  # expect: y\nprint('y')  # expect: x\n"),
    ];
    let right = folder("right", files);
    let (text, status) = coil(&right, &["test", "."]);
    assert!(status == 0 && text.ends_with("6 passed, 0 failed\n"), "{text}");

    let wrong: Vec<(&str, String)> = files
        .iter()
        .map(|(name, text)| {
            (
                *name,
                text.replace("print(x)", "print(x + 1)").replace("exit(3)", "exit(4)").replace("print(1)", "print(2)"),
            )
        })
        .map(|(name, text)| (name, text.replace("return 2 * x", "return 3 * x").replace("range(3)", "range(2)")))
        .map(|(name, text)| (name, text.replace("print('y')", "print('z')")))
        .collect();
    let wrong: Vec<(&str, &str)> = wrong.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let wrong = folder("wrong", &wrong);
    let (text, status) = coil(&wrong, &["test", ".", "--jobs", "1"]);
    assert!(status == 1 && text.ends_with("0 passed, 6 failed\n"), "{text}");
    assert!(text.contains("1                            | 2\n"), "{text}");
    let (text, _) = coil(&wrong, &["test", ".", "--update"]);
    assert!(text.contains("updated ./post.md") && text.contains("updated ./golden.py"), "{text}");
    let (text, _) = coil(&wrong, &["test", "post.md", "golden.py"]);
    assert!(text.ends_with("2 passed, 0 failed\n"), "{text}");
}

#[test]
fn posts_of_every_layout_are_read_and_updated() {
    let post = "\u{feff}```python\r\nprint('一')\r\n```\r\n\r\n输出：\r\n\r\n~~~\r\n零\r\n~~~\r\n\r\n1. list\r\n\r\n   ```{.python}\r\n\
        \u{20}  for i in 1, 2:\r\n       print('  ' * i + 'x')\r\n   print()\r\n   print('end')\r\n   ```\r\n   ```\r\n   0\r\n   ```\r\n";
    // Wide blanks are no indentation, and a character of several bytes.
    let wide = "- x\n ```python\n print('\u{3000}1')\n ```\n\n ```\n\u{3000}1\n ```\n";
    let docstring = "def f():\n    \"\"\"\n     >>> f()\n\u{3000}\u{3000}1\n    \"\"\"\n";
    let folder = folder("layout", &[("post.md", post), ("wide.md", wide), ("wide.py", docstring)]);
    let (text, status) = coil(&folder, &["test", "wide.md", "wide.py"]);
    assert!(status == 1 && text.ends_with("1 passed, 1 failed\n"), "{text}");
    let (text, status) = coil(&folder, &["test", "post.md"]);
    assert!(status == 1 && text.contains("line 2") && text.contains("line 14"), "{text}");
    let (text, _) = coil(&folder, &["test", "post.md", "--update"]);
    assert!(text.starts_with("updated"), "{text}");
    let updated = fs::read_to_string(folder.join("post.md")).unwrap();
    let wanted = post.replace("零", "一").replace("   0\r\n", "     x\r\n       x\r\n\r\n   end\r\n");
    assert_eq!(updated, wanted);
    let (text, status) = coil(&folder, &["test", "post.md"]);
    assert_eq!(status, 0, "{text}");
}

#[test]
fn results_are_there_for_tools() {
    let folder = folder("tools", &[("a.py", "print(1)  # expect: 2 < 3\n"), ("b.py", "print(1)  # expect: 1\n")]);
    let (text, status) = coil(&folder, &["test", ".", "--json", "--junit", "junit.xml"]);
    assert_eq!(status, 1);
    assert!(text.starts_with("{\"tests\":[{") && text.contains("\"expected\":\"2 < 3\\n\""), "{text}");
    let xml = fs::read_to_string(folder.join("junit.xml")).unwrap();
    assert!(xml.contains("tests=\"2\" failures=\"1\"") && xml.contains("2 &lt; 3"), "{xml}");
}

#[test]
fn what_never_ends_is_stopped() {
    let folder = folder("endless", &[("spin.py", "print('on')  # expect: on\nwhile True: pass\n")]);
    let (text, status) = coil(&folder, &["test", "spin.py", "--max-steps", "1000000"]);
    assert!(status == 1 && text.contains("stopped: it made more steps"), "{text}");
}

#[test]
fn blocks_that_do_not_end_or_end_all_are_named() {
    let last = "```\n\n```python\nprint(2)\n```\n\n```\n2\n```\n";
    let endless = format!("```python\nwhile True: pass\n{last}");
    let ended = format!("```python\nimport os\nos._exit(0)\n{last}");
    let folder = folder("ends", &[("endless.md", &endless), ("ended.md", &ended)]);
    let (text, status) = coil(&folder, &["test", ".", "--max-steps", "100000"]);
    assert!(status == 1 && text.ends_with("0 passed, 2 failed\n"), "{text}");
    assert!(text.contains("line 2: the block does not end"), "{text}");
    assert!(text.contains("line 2: the whole program ends in this block"), "{text}");
}

#[test]
fn posts_run() {
    let folder = folder(
        "run",
        &[("post.md", "Text.\n\n```python\nx = 2\n```\n\nMore.\n\n```python\nprint(x * 21)\n1 / 0\n```\n")],
    );
    let (text, status) = coil(&folder, &["run", "--virtual-time", "post.md"]);
    assert!(status == 1 && text.starts_with("42\n") && text.contains("post.md:10\", line 2"), "{text}");
}
