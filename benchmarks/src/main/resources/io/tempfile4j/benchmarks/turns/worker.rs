//! The worker of Rust's tempfile crate; see Worker.java for what it is told and what it answers.
use std::io::{BufRead, Write};
use std::path::Path;
use std::time::Instant;

fn run(work: &str, directory: &str) -> std::io::Result<()> {
    match work {
        "nameless" => drop(tempfile::tempfile_in(directory)?),
        "named" => tempfile::NamedTempFile::new_in(directory)?.close()?,
        "directory" => tempfile::TempDir::new_in(directory)?.close()?,
        "persist" => {
            let mut file = tempfile::NamedTempFile::new_in(directory)?;
            file.write_all(&[0; 4096])?;
            drop(file.persist(Path::new(directory).join("target-of-rust"))?)
        }
        "remove" => std::fs::remove_dir_all(directory)?,
        _ => unreachable!(),
    }
    Ok(())
}

fn main() {
    let mut used = std::collections::HashSet::new();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let words: Vec<&str> = line.split(' ').collect();
        let (work, directory) = (words[0], words[1]);
        let (threads, operations): (u32, u64) = (words[2].parse().unwrap(), words[3].parse().unwrap());
        if !["nameless", "named", "directory", "persist", "remove"].contains(&work) {
            println!("?");
            continue;
        }
        used.insert(directory.to_string());
        let start = Instant::now();
        let all = || (0..operations).try_for_each(|_| run(work, directory));
        let result = if threads == 1 {
            all()
        } else {
            std::thread::scope(|scope| {
                let started: Vec<_> = (0..threads).map(|_| scope.spawn(all)).collect();
                started.into_iter().try_for_each(|thread| thread.join().unwrap())
            })
        };
        match result {
            Ok(()) => println!("{}", start.elapsed().as_nanos()),
            Err(failure) => println!("!{failure}"),
        }
    }
    for directory in used {
        let _ = std::fs::remove_file(Path::new(&directory).join("target-of-rust"));
    }
}
