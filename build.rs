//! How the command is linked.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = |part: &str| env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        // At a fixed address: the tables of native functions are full of pointers, and moving them is a tenth of the
        // time that an empty program takes.
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
