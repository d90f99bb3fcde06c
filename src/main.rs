//! The `coil` command; see [`cli`] for what it understands.

mod cli;
mod golden;
mod repl;

/// Allocations, with a reserve for the day when there is no memory left.
#[global_allocator]
static ALLOCATOR: coil::host::memory::Frugal = coil::host::memory::Frugal;

/// The exit status after an error of Coil's own (`EX_SOFTWARE`).
const INTERNAL_ERROR: i32 = 70;

fn main() {
    std::panic::set_hook(Box::new(|panic| {
        cli::complain(&format!("internal error, please report it: {panic}"));
        std::process::exit(INTERNAL_ERROR);
    }));
    coil::host::share_arena();
    let status = coil::on_large_stack(cli::main).unwrap_or_else(|error| {
        cli::complain(&format!("cannot start: {error}"));
        1
    });
    std::process::exit(status);
}
