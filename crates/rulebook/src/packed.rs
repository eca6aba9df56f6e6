//! A rulebook as bytes, for a program that carries its law with it: reading Markdown anew in every process would cost more than the answer.
//!
//! A place that is a group of countries is written as the group's id, and joined with the group when the bytes are read: groups are
//! shared by many conditions. The bytes are no format for keeping or sending; only the build that wrote them can read them.

use crate::Rulebook;
use crate::condition::areas_mut;
use model::{Area, Group};
use std::sync::Arc;

impl Rulebook {
    /// The rulebook as bytes for [`Self::unpack`] of the same build.
    ///
    /// # Errors
    /// When it cannot be written, in words.
    pub fn pack(&self) -> Result<Vec<u8>, String> {
        postcard::to_stdvec(self).map_err(|e| e.to_string())
    }

    /// The rulebook that [`Self::pack`] wrote. Nothing is checked but that the bytes are whole: what is packed has been checked.
    ///
    /// # Errors
    /// When the bytes are damaged or name a group of countries that they do not hold.
    pub fn unpack(bytes: &[u8]) -> Result<Self, String> {
        let mut book: Self = postcard::from_bytes(bytes).map_err(|e| format!("the packed law: {e}"))?;
        let groups = std::mem::take(&mut book.groups);
        let mut unknown = None;
        book.each_area_mut(&mut |area| {
            if let Area::Group(named) = area {
                match groups.iter().find(|g| g.id == named.id) {
                    Some(group) => *named = Arc::clone(group),
                    None => unknown = Some(named.id.clone()),
                }
            }
        });
        book.groups = groups;
        match unknown {
            Some(id) => Err(format!("the packed law: there is no group of countries `{id}`")),
            None => Ok(book),
        }
    }

    fn each_area_mut(&mut self, visit: &mut impl FnMut(&mut Area)) {
        let rules = self.prohibitions.iter_mut().filter_map(|p| p.when.as_mut());
        let others = self.exceptions.iter_mut().map(|e| &mut e.when).chain(self.regimes.values_mut().map(|r| &mut r.when));
        for when in rules.chain(others).chain(self.definitions.values_mut().map(|d| &mut d.when)) {
            areas_mut(when, visit);
        }
        self.reaches.values_mut().filter_map(|r| r.of.as_mut()).for_each(visit);
    }
}

/// A place: a country, or the id of a group that is to be joined with it.
pub(crate) mod area {
    use super::{Arc, Area, Group};
    use model::Country;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    pub(super) enum Written {
        One(Country),
        Group(String),
    }

    impl From<&Area> for Written {
        fn from(area: &Area) -> Self {
            match area {
                Area::One(one) => Self::One(*one),
                Area::Group(group) => Self::Group(group.id.clone()),
            }
        }
    }

    impl From<Written> for Area {
        fn from(written: Written) -> Self {
            match written {
                Written::One(one) => Self::One(one),
                Written::Group(id) => Self::Group(Arc::new(Group { id, title: String::new(), members: Vec::new() })),
            }
        }
    }

    pub(crate) fn serialize<S: Serializer>(area: &Area, to: S) -> Result<S::Ok, S::Error> {
        Written::from(area).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Area, D::Error> {
        Written::deserialize(from).map(Area::from)
    }
}

/// A place that need not be said.
pub(crate) mod maybe_area {
    use super::Area;
    use super::area::Written;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(area: &Option<Area>, to: S) -> Result<S::Ok, S::Error> {
        area.as_ref().map(Written::from).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Area>, D::Error> {
        Ok(Option::<Written>::deserialize(from)?.map(Area::from))
    }
}

/// The groups themselves, each once.
pub(crate) mod groups {
    use super::{Arc, Group};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(groups: &[Arc<Group>], to: S) -> Result<S::Ok, S::Error> {
        groups.iter().map(Arc::as_ref).collect::<Vec<_>>().serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Arc<Group>>, D::Error> {
        Ok(Vec::<Group>::deserialize(from)?.into_iter().map(Arc::new).collect())
    }
}
