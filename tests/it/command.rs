//! Options of the command that no program's golden can show.

use std::process::Command;

/// Runs the command; what it wrote, and its exit status.
fn coil(arguments: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_coil")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap_or(-1))
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
