//! Shows the values in each line of standard input; the first argument is the reference day.
//!
//! The output has the form of the tables in `tests/data`.

use std::io::{self, BufRead};

use tandem_model::Date;
use tandem_values::Values;

#[path = "../tests/shown/mod.rs"]
mod shown;

fn main() -> io::Result<()> {
    let reference: Option<Date> = std::env::args().nth(1).and_then(|day| day.parse().ok());
    let values = Values::english();
    for line in io::stdin().lock().lines() {
        let line = line?;
        println!("> {line}");
        for mention in values.find(&line, reference) {
            println!("  {}", shown::shown(&line, &mention));
        }
    }
    Ok(())
}
