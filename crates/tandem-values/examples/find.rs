//! Finds the values of a file so many times and prints how many there are: for counting instructions
//! (`cargo xtask speed`) and for profilers.

use std::error::Error;

use tandem_model::Date;
use tandem_values::Values;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: find FILE [TIMES]")?;
    let times: u32 = arguments.next().map_or(Ok(1), |n| n.parse())?;
    let text = std::fs::read_to_string(path)?;
    let values = Values::english();
    let day = Date::new(2025, 7, 24).ok();
    let found: usize = (0..times).map(|_| values.find(&text, day).len()).sum();
    println!("{found}");
    Ok(())
}
