//! The `coil` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let status = coil::on_large_stack(move || {
        let path = arguments.first().cloned().unwrap_or_default();
        let source = std::fs::read(&path).unwrap_or_default();
        let mut interpreter = coil::Interpreter::new(Box::new(coil::host::SystemHost::new()));
        interpreter.run_main(&source, &path)
    });
    ExitCode::from(status.unwrap_or(1) as u8)
}
