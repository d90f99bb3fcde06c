//! The `coil` command.
fn main() {}
