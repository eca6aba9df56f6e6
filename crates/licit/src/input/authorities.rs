//! Other names of authorities that approve: `kr/unification-ministry` is `kr/mou`.

/// `authority,names`; names are parted by `;`, in small letters with hyphens.
const NAMES: &str = include_str!("../../../../data/authorities.csv");

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMES.lines().skip(1).filter_map(|line| line.split_once(','))
}

/// The authority that is meant by another of its names, however its words are joined.
pub(super) fn named(text: &str) -> Option<&'static str> {
    let joined = |word: &str| word.split(|c: char| c == '_' || c == '-' || c.is_whitespace()).collect::<Vec<_>>().join("-");
    let text = joined(&text.trim().to_lowercase().replace(" / ", "/"));
    rows().find(|(_, names)| names.split(';').any(|name| name == text)).map(|(authority, _)| authority)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rulebook;
    use rulebook::ExceptionKind;
    use std::collections::BTreeSet;

    #[test]
    fn other_names_lead_to_authorities_that_the_law_knows_and_to_one_only() {
        let asked = |e: &rulebook::Exception| match &e.kind {
            ExceptionKind::Derogation { authority, .. } => Some(authority.clone()),
            ExceptionKind::Exemption => None,
        };
        let known: BTreeSet<String> = Rulebook::embedded().law().exceptions.iter().filter_map(asked).collect();
        let mut seen = BTreeSet::new();
        for (authority, names) in rows() {
            assert!(known.contains(authority) || authority == "us/bis", "{authority}");
            for name in names.split(';') {
                assert!(seen.insert(name), "{name} means two");
                assert!(!known.contains(name), "{name} is an authority itself");
                assert_eq!(name, name.to_lowercase());
                assert_eq!(named(name), Some(authority));
            }
        }
    }

    #[test]
    fn words_may_be_joined_in_any_way() {
        assert_eq!(named("KR/Unification Ministry"), Some("kr/mou"));
        assert_eq!(named("ca/minister_of_foreign_affairs"), Some("ca/minister"));
        assert_eq!(named("HM Treasury"), Some("uk/ofsi"));
        assert_eq!(named("my neighbour"), None);
    }
}
