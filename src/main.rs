//! The `bellwether` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    bellwether::cli::main(std::env::args_os(), &|name| std::env::var_os(name))
}
