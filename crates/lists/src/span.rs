//! Dates as lists give them: a day, a month, a year, a stretch of years, “circa”.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The days that a stated date may be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Span {
    /// First day it may be.
    pub first: Date,
    /// Last day it may be.
    pub last: Date,
    /// Stated as approximate; the true day may lie outside by some years.
    pub about: bool,
}
