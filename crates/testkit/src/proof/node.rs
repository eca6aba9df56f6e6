//! A proof as a tree, and what holds of any such tree.

use super::Replay;
use model::Truth;
use rulebook::Effect;
use serde_json::Value as Json;

/// The ways in which a node may rest on its children.
const WAYS: [&str; 9] = ["all", "any", "not", "fact", "presumed", "provision", "exception", "worst", "told"];

/// One step of a proof.
pub(super) struct Node {
    /// Where it stands in the decision, for messages.
    pub place: String,
    pub claim: String,
    pub truth: Truth,
    pub by: String,
    pub cite: Option<String>,
    pub item: Option<usize>,
    pub because: Vec<Node>,
}

impl Node {
    pub(super) fn read(json: &Json, place: &str) -> Result<Self, String> {
        let text = |field: &str| json.get(field).and_then(Json::as_str);
        let truth = match text("truth") {
            Some("true") => Truth::True,
            Some("false") => Truth::False,
            Some("unknown") => Truth::Unknown,
            _ => return Err(format!("{place}: `truth` is true, false or unknown")),
        };
        let by = text("by").unwrap_or("");
        if !WAYS.contains(&by) {
            return Err(format!("{place}: unknown `by`: `{by}`"));
        }
        let children = json.get("because").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
        let because = children.iter().enumerate().map(|(i, child)| Self::read(child, &format!("{place}.because[{i}]")));
        Ok(Self {
            place: place.to_owned(),
            claim: text("claim").unwrap_or("").to_owned(),
            truth,
            by: by.to_owned(),
            cite: text("cite").map(str::to_owned),
            item: json.get("item").and_then(Json::as_u64).and_then(|i| usize::try_from(i).ok()),
            because: because.collect::<Result<_, _>>()?,
        })
    }

    /// Whether it only names a provision.
    pub(super) fn is_name(&self) -> bool {
        self.by == "provision" && self.because.is_empty() && self.item.is_none()
    }

    /// The provisions of a root.
    pub(super) fn provisions(&self) -> impl Iterator<Item = &Self> {
        self.because.iter().filter(|n| n.by == "provision")
    }
}

impl Replay<'_> {
    /// That each node of the tree has the truth that its children give it, and cites something in force.
    pub(super) fn arithmetic(&mut self, node: &Node) {
        let truths = node.because.iter().map(|n| n.truth);
        let given = match node.by.as_str() {
            "all" | "exception" => truths.min(),
            "any" => truths.max(),
            "not" if node.because.len() != 1 => {
                self.tell(node, "`not` has one child");
                None
            }
            "not" => truths.map(Truth::negate).next(),
            "provision" => node.because.first().map(|n| n.truth),
            _ => None,
        };
        if given.is_some_and(|truth| truth != node.truth) {
            let given = given.unwrap_or_default().word();
            self.tell(node, format!("it is {}, but its children make it {given}", node.truth.word()));
        }
        if let Some(id) = &node.cite {
            self.cited(node, id);
        }
        node.because.iter().for_each(|child| self.arithmetic(child));
    }

    fn cited(&mut self, node: &Node, id: &str) {
        let book = self.book;
        let in_force = if let Some(rule) = book.prohibition(id) {
            rule.in_force(self.day) && (node.by != "provision" || rule.effect == Effect::Prohibits)
        } else if let Some(exception) = book.exception(id) {
            crate::reference::exception_in_force(book, exception, self.day)
        } else {
            let named = book.definitions.contains_key(id)
                || book.lists.contains_key(id)
                || book.parameters.contains_key(id)
                || book.regimes.contains_key(id)
                || book.judgements.contains_key(id)
                || book.purposes.contains_key(id)
                || book.reaches.contains_key(id)
                || book.instrument(id).is_some();
            if !named {
                self.tell(node, format!("nothing is called `{id}`"));
            }
            true
        };
        if !in_force {
            self.tell(node, format!("{id} forbids or lifts nothing on {}", self.day));
        }
    }
}
