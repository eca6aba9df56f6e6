//! The same acts under the same four rules in CEL and in Cedar, and under the whole regime in licit; and what each says when a
//! fact is missing.

use cedar_policy::{Authorizer, Context as Request0, Entities, EntityUid, PolicySet, Request};
use cel::{Context, Program, Value};
use criterion::{Criterion, Throughput};
use decide::Depth;
use licit::{Ask, Format, Rulebook, decide};
use licit_bench::rules::{COMPLETE, Facts, Flat, MISSING};
use licit_bench::{acts, medians};
use model::VerdictSet;
use std::hint::black_box;

/// Each rule says when it forbids; the last one lifts them all.
const CEL: [(&str, &str); 4] = [
    (
        "un/1718#8.a.iii",
        r#"act.kind in ["supply", "sale", "gift", "transfer", "donation"] && act.destination == "KP"
           && act.item.heading in [7102, 7103, 7113, 7116, 8703, 8903]"#,
    ),
    (
        "un/2397#5",
        r#"act.kind in ["supply", "sale", "gift", "transfer", "donation"] && act.destination == "KP"
           && act.item.heading in [2710, 2712, 2713] && !(act.on_terms && act.reported_total + act.item.barrels <= 500000)"#,
    ),
    (
        "un/2397#7",
        r#"act.kind in ["supply", "sale", "gift", "transfer", "donation"] && act.destination == "KP"
           && act.item.heading >= 7200 && act.item.heading <= 8999 && !(act.item.aircraft_part && act.needed_for_safety)"#,
    ),
    ("un/2397#25", "act.approved"),
];

/// Cedar allows what no policy forbids, once one policy permits everything.
const CEDAR: &str = r#"
@id("otherwise") permit (principal, action, resource);

@id("un/1718#8.a.iii")
forbid (principal, action in [Action::"supply", Action::"sale", Action::"gift", Action::"transfer", Action::"donation"], resource)
when { context.destination == "KP" && [7102, 7103, 7113, 7116, 8703, 8903].contains(context.item.heading) }
unless { context.approved };

@id("un/2397#5")
forbid (principal, action in [Action::"supply", Action::"sale", Action::"gift", Action::"transfer", Action::"donation"], resource)
when { context.destination == "KP" && [2710, 2712, 2713].contains(context.item.heading) }
unless { context.on_terms && context.reported_total + context.item.barrels <= 500000 }
unless { context.approved };

@id("un/2397#7")
forbid (principal, action in [Action::"supply", Action::"sale", Action::"gift", Action::"transfer", Action::"donation"], resource)
when { context.destination == "KP" && context.item.heading >= 7200 && context.item.heading <= 8999 }
unless { context.item.aircraft_part && context.needed_for_safety }
unless { context.approved };
"#;

struct Cel(Vec<(&'static str, Program)>);

impl Cel {
    fn new() -> Self {
        Self(CEL.iter().map(|(id, text)| (*id, Program::compile(text).expect("the expression parses"))).collect())
    }

    fn context(flat: &Flat) -> Context<'static> {
        let mut context = Context::default();
        context.add_variable("act", flat).expect("the facts are plain");
        context
    }

    /// Whether it is forbidden. An error is no answer: what to make of it is left to the caller.
    fn forbids(&self, context: &Context) -> Result<bool, String> {
        let mut error = None;
        let mut forbidden = false;
        for (id, program) in &self.0 {
            match program.execute(context) {
                Ok(Value::Bool(yes)) if *id == "un/2397#25" => forbidden &= !yes,
                Ok(Value::Bool(yes)) => forbidden |= yes,
                Ok(other) => error = Some(format!("{id}: {other:?}")),
                Err(e) => error = error.or(Some(e.to_string())),
            }
        }
        match error {
            Some(error) if !forbidden => Err(error),
            _ => Ok(forbidden),
        }
    }
}

struct Cedar {
    policies: PolicySet,
    authorizer: Authorizer,
    entities: Entities,
}

impl Cedar {
    fn new() -> Self {
        Self { policies: CEDAR.parse().expect("the policies parse"), authorizer: Authorizer::new(), entities: Entities::empty() }
    }

    fn request(flat: &Flat) -> Request {
        let json = serde_json::to_value(flat).expect("the facts are plain");
        let uid = |text: &str| -> EntityUid { text.parse().expect("a plain name") };
        let action = uid(&format!("Action::\"{}\"", json["kind"].as_str().unwrap_or("")));
        let context = Request0::from_json_value(json, None).expect("the facts are plain");
        Request::new(uid("Party::\"supplier\""), action, uid("Item::\"0\""), context, None).expect("no schema, no complaint")
    }

    /// Its decision, and how many policies were passed over because they failed.
    fn decides(&self, request: &Request) -> (cedar_policy::Decision, usize) {
        let response = self.authorizer.is_authorized(request, &self.policies, &self.entities);
        (response.decision(), response.diagnostics().errors().count())
    }
}

fn main() {
    let (cel, cedar, book) = (Cel::new(), Cedar::new(), Rulebook::embedded());
    let ask = Ask { depth: Depth::Brief, ..Ask::default() };
    agree(&cel, &cedar, &ask);
    missing(&cel, &cedar, &ask);

    let contexts: Vec<Context> = COMPLETE.iter().map(|f| Cel::context(&f.flat())).collect();
    let requests: Vec<Request> = COMPLETE.iter().map(|f| Cedar::request(&f.flat())).collect();
    let read: Vec<licit::ReadAct> = COMPLETE.iter().map(|f| acts::read(f.act().to_string().as_bytes())).collect();
    let prepared: Vec<decide::Prepared> = read.iter().filter_map(|r| book.engine().prepare(&r.act, "un/dprk")).collect();
    let flat: Vec<String> = COMPLETE.iter().map(|f| serde_json::to_string(&f.flat()).expect("plain")).collect();
    let whole: Vec<String> = COMPLETE.iter().map(|f| f.act().to_string()).collect();
    let parse = |text: &str| -> Flat { serde_json::from_str(text).expect("it was written here") };

    let mut criterion = Criterion::default().output_directory(&medians::folder()).configure_from_args();
    let mut group = criterion.benchmark_group("compare");
    group.throughput(Throughput::Elements(COMPLETE.len() as u64));
    group.bench_function("1 prepared: cel, four rules", |b| b.iter(|| contexts.iter().for_each(|c| drop(black_box(cel.forbids(c))))));
    group.bench_function("1 prepared: cedar, four rules", |b| {
        b.iter(|| requests.iter().for_each(|r| drop(black_box(cedar.authorizer.is_authorized(r, &cedar.policies, &cedar.entities)))));
    });
    group.bench_function("1 prepared: licit, whole regime", |b| {
        b.iter(|| {
            prepared.iter().for_each(|p| {
                black_box(book.engine().verdicts(p));
            })
        });
    });
    group.bench_function("2 from json: cel, four rules", |b| {
        b.iter(|| flat.iter().for_each(|t| drop(black_box(cel.forbids(&Cel::context(&parse(t)))))));
    });
    group.bench_function("2 from json: cedar, four rules", |b| {
        b.iter(|| {
            flat.iter().for_each(|t| {
                black_box(cedar.decides(&Cedar::request(&parse(t))));
            })
        });
    });
    group.bench_function("2 from json: licit, all un regimes, brief", |b| {
        b.iter(|| whole.iter().for_each(|t| drop(black_box(decide(book, &acts::read(t.as_bytes()), &ask).json(false)))));
    });
    group.finish();
    criterion.final_summary();
    medians::print(&["compare"]);
    let prohibitions = book.law().prohibitions.iter().filter(|p| p.effect == rulebook::Effect::Prohibits).count();
    println!("\nlicit judged under {prohibitions} prohibitions and {} exceptions", book.law().exceptions.len());
}

/// A comparison of speeds means little unless all three answer alike.
fn agree(cel: &Cel, cedar: &Cedar, ask: &Ask) {
    for facts in &COMPLETE {
        let flat = facts.flat();
        let forbidden = cel.forbids(&Cel::context(&flat));
        let (decision, errors) = cedar.decides(&Cedar::request(&flat));
        let set = licit(facts, ask);
        let words = [forbidden == Ok(facts.forbidden), (decision == cedar_policy::Decision::Deny) == facts.forbidden && errors == 0];
        assert!(
            words == [true, true] && set.single().is_some_and(|v| (v.word() == "prohibited") == facts.forbidden),
            "{}: CEL {forbidden:?}, Cedar {decision:?} with {errors} errors, licit {set:?}",
            facts.name
        );
    }
    println!("on {} acts of which all is known CEL, Cedar and licit agree", COMPLETE.len());
}

fn licit(facts: &Facts, ask: &Ask) -> VerdictSet {
    let read = Rulebook::embedded().read_act(facts.act().to_string().as_bytes(), Format::Json).unwrap_or_else(|p| panic!("{p:?}"));
    decide(Rulebook::embedded(), &read, ask).overall()
}

fn missing(cel: &Cel, cedar: &Cedar, ask: &Ask) {
    println!("\n| missing | CEL | Cedar | licit |\n|---|---|---|---|");
    for (fact, facts) in &MISSING {
        let flat = facts.flat();
        let one = match cel.forbids(&Cel::context(&flat)) {
            Ok(true) => "forbidden".to_owned(),
            Ok(false) => "not forbidden".to_owned(),
            Err(error) => format!("error: {error}"),
        };
        let (decision, errors) = cedar.decides(&Cedar::request(&flat));
        let read = acts::read(facts.act().to_string().as_bytes());
        let answer = decide(Rulebook::embedded(), &read, ask);
        let set: Vec<&str> = answer.overall().iter().map(model::Verdict::word).collect();
        let asks: Vec<&str> = answer.decisions.iter().flat_map(|d| &d.missing).map(|m| m.fact.as_str()).collect();
        let asks = if asks.is_empty() { String::new() } else { format!("; asks {}", asks.join(", ")) };
        println!("| {fact} | {one} | {decision:?}, {errors} policies failed | {{{}}}{asks} |", set.join(", "));
    }
    println!();
}
