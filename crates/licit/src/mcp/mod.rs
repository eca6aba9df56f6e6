//! The Model Context Protocol on standard input and output: one JSON-RPC message a line. A program that works with a language model
//! gets the same tools as people at a terminal.
//!
//! Written by hand: of the protocol a server of tools needs six methods, and a library would bring a runtime and a way of describing
//! arguments of its own. What a message says is data; it can choose a tool and its arguments, and no file, address or command.

mod tools;

use crate::Rulebook;
use serde::Deserialize;
use serde_json::{Value, json};

/// Most bytes of one message.
pub(crate) const MAX_MESSAGE_BYTES: usize = 4 << 20;
/// The versions of the protocol in which the same is said, the newest first.
const VERSIONS: [&str; 4] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

/// Codes of JSON-RPC 2.0.
const NOT_JSON: i32 = -32700;
const NO_REQUEST: i32 = -32600;
const NO_METHOD: i32 = -32601;
const BAD_PARAMS: i32 = -32602;

#[derive(Deserialize)]
struct Message {
    jsonrpc: Option<String>,
    #[serde(default, deserialize_with = "present")]
    id: Option<Value>,
    method: Option<String>,
    #[serde(default)]
    params: Value,
}

/// An id that stands there as `null` is an id, and a wrong one; one that does not stand there makes a notification.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// Answers one message; a notification has no answer.
pub(crate) fn answer(book: &Rulebook, line: &[u8]) -> Option<String> {
    let message: Message = match serde_json::from_slice(line) {
        Ok(message) => message,
        Err(e) if e.is_data() => return Some(error(&Value::Null, NO_REQUEST, "expected one request in JSON-RPC 2.0")),
        Err(_) => return Some(error(&Value::Null, NOT_JSON, "this line is not JSON in UTF-8")),
    };
    let id = message.id;
    let (Some("2.0"), Some(method)) = (message.jsonrpc.as_deref(), message.method.as_deref()) else {
        // An answer to a question that was never asked needs none itself.
        return id.is_none().then(|| error(&Value::Null, NO_REQUEST, "expected a request of JSON-RPC 2.0 with a method"));
    };
    let id = id?;
    if !(id.is_string() || id.is_number()) {
        return Some(error(&Value::Null, NO_REQUEST, "the id of a request is a text or a number"));
    }
    Some(match method {
        "initialize" => result(&id, &initialized(&message.params)),
        "ping" => result(&id, &json!({})),
        "tools/list" => result(&id, &json!({ "tools": tools::all() })),
        "tools/call" => match tools::call(book, &message.params) {
            Ok(done) => result(&id, &done),
            Err(wrong) => error(&id, BAD_PARAMS, &wrong),
        },
        _ => error(&id, NO_METHOD, "no such method here; there are initialize, ping, tools/list and tools/call"),
    })
}

fn initialized(params: &Value) -> Value {
    let asked = params.get("protocolVersion").and_then(Value::as_str).unwrap_or_default();
    let version = VERSIONS.iter().find(|v| **v == asked).unwrap_or(&VERSIONS[0]);
    json!({
        "protocolVersion": version,
        "capabilities": {"tools": {"listChanged": false}},
        "serverInfo": {"name": "licit", "title": "licit", "version": env!("CARGO_PKG_VERSION")},
        "instructions": "Says whether an act is allowed under sanctions law, with the paragraph, who is bound and what is not known. \
            Give facts as they were told and leave out what nobody said: what is unknown never makes an act permitted. \
            An answer is about the encoded law and no legal advice; quote the paragraphs it cites.",
    })
}

fn result(id: &Value, result: &Value) -> String {
    crate::json::harmless(json!({"jsonrpc": "2.0", "id": id, "result": result}).to_string())
}

fn error(id: &Value, code: i32, message: &str) -> String {
    crate::json::harmless(json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}}).to_string())
}

/// What is said of a line that is longer than a message may be.
pub(crate) fn too_long() -> String {
    error(&Value::Null, NO_REQUEST, &format!("a message may have {MAX_MESSAGE_BYTES} bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> Value {
        serde_json::from_str(&answer(Rulebook::embedded(), line.as_bytes()).unwrap()).unwrap()
    }

    fn called(name: &str, arguments: Value) -> Value {
        told(&json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}).to_string())
    }

    #[test]
    fn a_client_is_greeted_in_its_version_or_in_ours() {
        let greet = |version: &str| {
            told(&json!({"jsonrpc": "2.0", "id": "a", "method": "initialize", "params": {"protocolVersion": version}}).to_string())
        };
        assert_eq!(greet("2024-11-05")["result"]["protocolVersion"], "2024-11-05");
        assert_eq!(greet("1999-01-01")["result"]["protocolVersion"], VERSIONS[0]);
        assert_eq!(greet("2024-11-05")["id"], "a");
    }

    #[test]
    fn notifications_and_answers_have_no_answer() {
        let book = Rulebook::embedded();
        assert_eq!(answer(book, br#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#), None);
        assert_eq!(answer(book, br#"{"jsonrpc":"2.0","id":4,"result":{}}"#), None);
    }

    #[test]
    fn what_is_no_request_is_told_so() {
        for (line, code) in [
            ("{", NOT_JSON),
            ("[1]", NO_REQUEST),
            ("7", NO_REQUEST),
            (r#"{"method":"ping"}"#, NO_REQUEST),
            (r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, NO_REQUEST),
            (r#"{"jsonrpc":"2.0","id":1,"method":"resources/list"}"#, NO_METHOD),
            (r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"shell"}}"#, BAD_PARAMS),
        ] {
            assert_eq!(told(line)["error"]["code"], code, "{line}");
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(told(&deep)["error"]["code"].is_number());
    }

    #[test]
    fn every_tool_answers_what_the_command_line_answers() {
        let act = json!({"kind": "gift", "on": "2024-02-18", "items": [{"hs": "8703"}], "parties": [{"role": "recipient", "name": "Kim Jong Un"}], "places": {"destination": "KP"}});
        let check = called("check", json!({"act": act, "in": ["un"], "brief": true}));
        assert_eq!(check["result"]["structuredContent"]["overall"], "prohibited");
        assert_eq!(check["result"]["isError"], false);
        let read = called("read", json!({"text": "Putin gave Kim Jong Un a car on 18 February 2024.", "in": ["un"], "brief": true}));
        assert_eq!(read["result"]["structuredContent"]["transfers"][0]["act"]["kind"], "gift");
        assert_eq!(called("screen", json!({"name": "Zebedee Quux"}))["result"]["structuredContent"]["clear"], true);
        assert_eq!(called("classify", json!({"description": "water pumps"}))["result"]["structuredContent"]["codes"][0]["hs"], "8413");
        assert_eq!(called("law", json!({"id": "un/2397#7"}))["result"]["structuredContent"]["effect"], "prohibits");
    }

    #[test]
    fn wrong_arguments_are_an_answer_that_a_model_can_mend() {
        for (tool, arguments, word) in [
            ("check", json!({}), "act"),
            ("check", json!({"act": {"knd": "gift"}}), "did you mean `kind`?"),
            ("check", json!({"act": {"items": [{}]}, "in": ["xx"]}), "no authority"),
            ("screen", json!({"nme": "x"}), "name"),
            ("law", json!({"id": "un/9999#1"}), "no such id"),
            ("read", json!({"text": " "}), "empty"),
        ] {
            let told = called(tool, arguments);
            assert_eq!(told["result"]["isError"], true, "{told}");
            assert!(told["result"]["content"][0]["text"].as_str().unwrap().contains(word), "{told}");
        }
    }
}
