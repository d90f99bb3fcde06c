//! The `coil` command; see [`cli`] for what it understands.

mod cli;

fn main() {
    let status = coil::on_large_stack(cli::main).unwrap_or_else(|error| {
        cli::complain(&format!("cannot start: {error}"));
        1
    });
    std::process::exit(status);
}
