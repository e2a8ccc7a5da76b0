//! Speed of `Values::find` in bytes a second.
//!
//! The sample is news prose of ours with a value in every second clause, which is more than press
//! releases hold. Where `../shared/data/press-releases` is unpacked as JSON lines in the file that
//! `TANDEM_PRESS_RELEASES` names, that text is measured too.

use divan::counter::BytesCount;
use tandem_model::Date;
use tandem_values::Values;

const SAMPLE: &str = "From January through April 2025, the volume of mutual trade amounted to almost $1.4 billion, which is \
$168 million more than in the same period last year. The head of state noted that both sides intend to raise the figure to \
$10 billion by 2030. According to the ministry, over 60 joint projects worth $2.5 billion are under way in industry, energy, \
transport and agriculture. The ministers discussed the schedule of upcoming meetings, the work of the intergovernmental \
commission and the development of cultural ties. In the first half of the year exports grew by 12.5 percent, while imports \
fell by a third. The parties thanked their colleagues for the warm welcome and invited them to visit the capital next spring.\n\n";

fn main() {
    divan::main();
}

#[divan::bench]
fn load(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(Values::english);
}

#[divan::bench(args = [1, 1000], sample_count = 10, sample_size = 1)]
fn sample(bencher: divan::Bencher<'_, '_>, times: usize) {
    find(bencher, &SAMPLE.repeat(times));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn words_only(bencher: divan::Bencher<'_, '_>) {
    let text = "The parties thanked their colleagues for the warm welcome and invited them to the capital of the region. ";
    find(bencher, &text.repeat(5000));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn press_releases(bencher: divan::Bencher<'_, '_>) {
    let text =
        std::env::var("TANDEM_PRESS_RELEASES").ok().and_then(|path| std::fs::read_to_string(path).ok());
    find(bencher, text.as_deref().unwrap_or(SAMPLE));
}

fn find(bencher: divan::Bencher<'_, '_>, text: &str) {
    let values = Values::english();
    let reference = Date::new(2025, 7, 24).ok();
    bencher.counter(BytesCount::of_str(text)).bench(|| values.find(divan::black_box(text), reference));
}
