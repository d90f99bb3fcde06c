//! Turns `python.lalrpop` into a parser.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    lalrpop::Configuration::new()
        .set_out_dir(std::env::var("OUT_DIR")?)
        .emit_rerun_directives(true)
        .emit_comments(false)
        .process_file("python.lalrpop")
}
