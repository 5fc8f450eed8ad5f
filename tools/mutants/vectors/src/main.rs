//! Recomputes the reference vectors that need the economics alone, with the code of `assay reference`, and says whether
//! any differs. It leaves out the chain, so that it builds in seconds where the command takes minutes.

mod reference;

use std::path::Path;
use std::process::ExitCode;

const FILES: [&str; 5] =
    ["swap.json.zst", "epoch.json.zst", "formulas.json.zst", "costs.json.zst", "block_emission.json"];

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../fixtures/reference/subtensor-425");
    for file in FILES {
        match reference::first_difference(&folder.join(file)) {
            Ok(None) => {}
            Ok(Some(difference)) => {
                println!("{file}: {difference}");
                return ExitCode::from(1);
            }
            Err(problem) => {
                println!("{file}: {problem}");
                return ExitCode::from(2);
            }
        }
    }
    println!("all vectors pass");
    ExitCode::SUCCESS
}
