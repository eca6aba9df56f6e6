//! tmp
fn main() {
    for f in std::env::args().skip(1) {
        let (c, p) = testkit::cases::read(&f, &std::fs::read_to_string(&f).unwrap_or_default());
        println!("{f}: {} cases", c.len());
        for p in p { println!("  {p}"); }
    }
}
