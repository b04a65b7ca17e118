//! What Rust's tempfile takes for what PairedCreate measures: create KIND DIRECTORY OPERATIONS prints nanoseconds.
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (kind, directory) = (&arguments[1], &arguments[2]);
    let operations: u32 = arguments[3].parse().unwrap();
    let target = std::path::Path::new(directory).join("target");
    let start = Instant::now();
    for _ in 0..operations {
        match kind.as_str() {
            "nameless" => drop(tempfile::tempfile_in(directory).unwrap()),
            "named" => tempfile::NamedTempFile::new_in(directory).unwrap().close().unwrap(),
            _ => drop(tempfile::NamedTempFile::new_in(directory).unwrap().persist(&target).unwrap()),
        }
    }
    println!("{}", start.elapsed().as_nanos() as f64 / f64::from(operations));
}
