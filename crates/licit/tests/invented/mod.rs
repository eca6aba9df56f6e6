//! Invented lists in the form of the Security Council's, put on record in a folder.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use lists::store::{Incoming, RawFile, Store};
use std::path::Path;

/// Somebody who is listed: reference, name, year of birth.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    pub reference: u32,
    pub name: String,
    pub born: u16,
}

/// Puts a version of the list of the Security Council on record, of the moment and with these persons, all of them for North Korea.
pub fn list(data: &Path, moment: &str, persons: &[Person]) {
    let one = |p: &Person| {
        let (first, rest) = p.name.split_once(' ').unwrap_or((&p.name, ""));
        format!(
            "<INDIVIDUAL><DATAID>{n}</DATAID><FIRST_NAME>{first}</FIRST_NAME><SECOND_NAME>{rest}</SECOND_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>\
             <REFERENCE_NUMBER>KPi.{n:03}</REFERENCE_NUMBER><LISTED_ON>2016-03-02</LISTED_ON><NATIONALITY><VALUE>Democratic People's Republic of Korea\
             </VALUE></NATIONALITY><INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>{born}</YEAR></INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL>\n",
            n = p.reference,
            born = p.born
        )
    };
    let all: String = persons.iter().map(one).collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CONSOLIDATED_LIST dateGenerated=\"{moment}T00:00:00.000Z\"><INDIVIDUALS>\n{all}</INDIVIDUALS>\
         <ENTITIES></ENTITIES></CONSOLIDATED_LIST>\n"
    );
    let incoming = Incoming {
        files: vec![RawFile { name: "list.xml".into(), bytes: text.into_bytes() }],
        fetched: Vec::new(),
        list: None,
        source: "file:list.xml".into(),
        from_issuer: false,
        told_day: None,
        accept: true,
        now: jiff::Timestamp::now(),
    };
    Store::new(data.join("lists")).import(&incoming, &mut || {}).unwrap();
}
