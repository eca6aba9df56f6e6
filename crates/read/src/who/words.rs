//! Words beside names, and words for those who only watch.

/// Parts of the State behind `of`.
pub(super) const DIRECTIONS: [&str; 8] = ["east", "west", "north", "south", "northeast", "northwest", "southeast", "southwest"];
