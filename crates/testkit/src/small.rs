//! What every small law for tests begins with.

/// An instrument of a regime: `instrument("un/1", "un/tiny", "2010-01-01")`.
#[must_use]
pub fn instrument(id: &str, regime: &str, adopted: &str) -> String {
    let title = regime.rsplit('/').next().unwrap_or(regime);
    format!(
        "```toml instrument\nid = \"{id}\"\nregime = \"{regime}\"\nissuer = \"Nobody\"\nsymbol = \"T\"\ntitle = \"{title}\"\n\
         adopted = {adopted}\nsource = \"none\"\nconfidence = \"recalled\"\n```\n\n"
    )
}

/// A reach that binds whoever gives, `un/all`.
pub const EVERYBODY: &str = "```toml reach\nid = \"un/all\"\nsays = \"Everybody.\"\nbinds = [\"giver\"]\n```\n\n";
