//! What day it is. The command line and the server look at a clock; what decides does not.

use model::Date;

/// Today, in universal time.
pub(crate) fn today() -> Date {
    jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date()
}

/// `today`, `yesterday` and `tomorrow` as dates; other words as they are.
pub(crate) fn day_word(text: &str) -> String {
    let today = today();
    match text.trim().to_lowercase().as_str() {
        "today" | "now" => today.to_string(),
        "yesterday" => today.yesterday().unwrap_or(today).to_string(),
        "tomorrow" => today.tomorrow().unwrap_or(today).to_string(),
        _ => text.to_owned(),
    }
}
