//! Options of the command that no program's golden can show.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Runs the command; what it wrote, and its exit status.
fn coil(arguments: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_coil")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap_or(-1))
}

#[test]
fn options_stand_on_either_side_of_a_command() {
    let (after, ..) = coil(&["explain", "G001", "--lang", "zh"]);
    let (before, ..) = coil(&["--lang", "zh", "explain", "G001"]);
    assert!(after.contains("向尚未启动的生成器发送值"), "{after}");
    assert_eq!(after, before);
    let program = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("either_side.py");
    std::fs::write(&program, "x = [1，2]\n").unwrap();
    let program = program.to_string_lossy();
    let (after, _, status) = coil(&["check", &program, "--lang", "zh", "--color", "never"]);
    let (before, ..) = coil(&["--lang=zh", "--color", "never", "check", &program]);
    assert_eq!((after.contains("全角"), status), (true, 1), "{after}");
    assert_eq!(after, before);
    // A program's own arguments stay its own.
    let (out, ..) = coil(&["-c", "import sys; print(sys.argv[1:])", "check", "--lang", "zh"]);
    assert_eq!(out, "['check', '--lang', 'zh']\n");
}

#[test]
fn virtual_time_passes_when_everybody_waits() {
    let program = "import time\nstart = time.time()\ntime.sleep(86400)\nprint(time.time() - start, time.monotonic())";
    let (out, err, status) = coil(&["--virtual-time", "-c", program]);
    assert_eq!((out.as_str(), err.as_str(), status), ("86400.0 86400.0\n", "", 0));
}

#[test]
fn a_seed_makes_runs_alike() {
    let program = "import os, random\nclass A: pass\n\
        print(random.random(), os.urandom(4), id(A()), [id(a) for a in {A(), A(), A()}], A())";
    let run = |seed| coil(&["--seed", seed, "-c", program]).0;
    assert_eq!(run("7"), run("7"));
    assert_ne!(run("7"), run("8"));
}

#[test]
fn steps_run_out() {
    let (_, err, status) = coil(&["--max-steps", "100000", "-c", "while True: pass"]);
    assert_eq!((err.as_str(), status), ("stopped: it made more steps than --max-steps allows\n", 1));
    let (out, ..) = coil(&["--max-steps", "1000000", "-c", "print(sum(range(1000)))"]);
    assert_eq!(out, "499500\n");
}

#[test]
fn a_version_that_there_is_not_is_refused() {
    let (_, err, status) = coil(&["--python", "2.7", "-c", "pass"]);
    assert!(err.contains("3.4 to 3.14"), "{err}");
    assert_eq!(status, 2);
}

#[test]
fn what_was_removed_is_there_until_its_version() {
    // Names of modules and what is in them; parameters and the like have programs of their own.
    let names: Vec<&coil::stdlib::eras::Removal> =
        coil::stdlib::eras::REMOVALS.iter().filter(|row| !row.name.contains(['(', '*', ' '])).collect();
    assert!(names.len() > 50);
    let program = "import importlib, sys\n\
        for line in sys.argv[1:]:\n\
        \x20   name, since = line.split('=')\n\
        \x20   module, *rest = name.split('.')\n\
        \x20   if rest and module == 'collections' and rest[0] == 'abc': module, rest = 'collections.abc', rest[1:]\n\
        \x20   try:\n\
        \x20       found = importlib.import_module(module)\n\
        \x20       for part in rest: found = getattr(found, part)\n\
        \x20   except (AttributeError, ImportError): found = None\n\
        \x20   wanted = sys.version_info[1] < int(since) or ERA is None\n\
        \x20   if (found is not None) != wanted: print(name, 'is', 'there' if found is not None else 'missing')\n";
    let rows: Vec<String> = names.iter().map(|row| format!("{}={}", row.name, row.since)).collect();
    for era in ["any", "3.4", "3.8", "3.10", "3.11", "3.12", "3.13", "3.14"] {
        let program = format!("ERA = {}\n{program}", if era == "any" { "None" } else { "1" });
        // What is about to go is warned of.
        let mut arguments = vec!["-W", "ignore", "--python", era, "-c", &program];
        arguments.extend(rows.iter().map(String::as_str));
        let (out, err, _) = coil(&arguments);
        assert_eq!((out.as_str(), err.as_str()), ("", ""), "in the era {era}");
    }
}

#[test]
fn module_asyncio_is_a_prompt() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_coil"));
    command.args(["-m", "asyncio"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"await asyncio.sleep(0, 'slept')\nexit(4)\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((String::from_utf8_lossy(&output.stdout).as_ref(), output.status.code()), ("'slept'\n", Some(4)));
}
