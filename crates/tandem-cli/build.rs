//! Embeds the sample reports that `tandem demo` reads.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples").canonicalize()?;
    println!("cargo::rerun-if-changed={}", samples.display());
    let mut texts: Vec<PathBuf> = std::fs::read_dir(&samples)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    texts.sort();
    // A demo without reports would be found out only by its first user.
    assert!(!texts.is_empty(), "no sample reports in {}", samples.display());
    let mut table = String::from("&[\n");
    for text in texts {
        let sidecar = text.with_extension("meta.json");
        let sidecar =
            if sidecar.exists() { format!("Some(include_bytes!({sidecar:?}))") } else { "None".to_owned() };
        let name = text.file_name().unwrap_or_default();
        writeln!(table, "    ({name:?}, include_bytes!({text:?}), {sidecar}),")?;
    }
    table.push(']');
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(out.join("samples.rs"), table)?;
    Ok(())
}
