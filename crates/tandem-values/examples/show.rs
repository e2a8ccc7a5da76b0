//! Shows the values in each line of standard input; the first argument is the reference day.

use std::io::{self, BufRead};

use tandem_model::{Date, Value};
use tandem_values::Values;

fn main() -> io::Result<()> {
    let reference: Option<Date> = std::env::args().nth(1).and_then(|day| day.parse().ok());
    let values = Values::english();
    for line in io::stdin().lock().lines() {
        let line = line?;
        println!("{line}");
        for mention in values.find(&line, reference) {
            let text = mention.span.of(&line);
            match mention.value {
                Value::Amount { value, value_max, unit, precision, bound, noun, .. } => {
                    let max = value_max.map(|m| format!("..{m}")).unwrap_or_default();
                    println!(
                        "    [{text}] {value}{max} {unit} ±{precision} {bound:?} {}",
                        noun.unwrap_or_default()
                    );
                }
                Value::Time {
                    kind,
                    period,
                    timex,
                    expression,
                    anchored,
                    shift_years,
                    relative,
                    deadline,
                    open,
                    vague,
                } => {
                    let flags = [
                        (anchored, "anchored"),
                        (relative, "relative"),
                        (deadline, "deadline"),
                        (open, "open"),
                        (vague, "vague"),
                    ];
                    let flags: Vec<&str> = flags.iter().filter(|f| f.0).map(|f| f.1).collect();
                    let period = period.map(|p| p.to_string()).unwrap_or_default();
                    println!(
                        "    [{text}] {kind:?} <{}> {period} timex={} {} {shift_years}",
                        expression.of(&line),
                        timex.unwrap_or_default(),
                        flags.join(" ")
                    );
                }
            }
        }
    }
    Ok(())
}
