//! Decisions on paper, as they are asked for: over HTTP and on the command line.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod running;

use running::Running;

const GIFT: &str = r#"{"id":"g1","kind":"gift","on":"2024-02-18","parties":[{"role":"supplier","name":"Vladimir Putin","nationality":["RU"]},{"role":"recipient","name":"Kim Jong Un","located_in":"KP"}],"items":[{"description":"limousine","hs":"8703"}],"places":{"origin":"RU","destination":"KP"}}"#;
const AS_PDF: &str = "content-type: application/json\r\naccept: application/pdf\r\n";

#[cfg(not(feature = "pdf"))]
#[test]
fn a_build_without_pdf_says_so() {
    let (server, _) = Running::keeping("no-pdf", false);
    let answer = server.send("POST", "/v1/check?in=un", AS_PDF, GIFT.as_bytes());
    answer.is_problem(406, "not-acceptable");
    assert!(answer.body.contains("--features pdf"), "{}", answer.body);
    let kept = server.post("/v1/check?in=un&keep=true", GIFT.as_bytes()).json();
    let id = kept["kept"].as_str().unwrap();
    server.send("GET", &format!("/v1/decisions/{id}"), AS_PDF, b"").is_problem(406, "not-acceptable");
    assert!(!server.send("GET", &format!("/d/{id}"), "accept: text/html\r\n", b"").body.contains(".pdf"));
    let run =
        std::process::Command::new(env!("CARGO_BIN_EXE_licit")).args(["check", "--kind", "gift", "--keep", "--pdf", "-"]).output().unwrap();
    assert_eq!((run.status.code(), run.stdout.len()), (Some(2), 0), "before anything is kept");
}

#[cfg(feature = "pdf")]
mod built {
    use super::*;
    use std::process::Command;

    #[test]
    fn who_accepts_a_pdf_gets_one() {
        let (server, address) = Running::keeping("pdf", false);
        let answer = server.send("POST", "/v1/check?in=un", AS_PDF, GIFT.as_bytes());
        assert!(answer.status == 200 && answer.body.starts_with("%PDF-1.7"), "{}", answer.head);
        assert_eq!(answer.header("content-type"), Some("application/pdf"));
        let kept = server.post("/v1/check?in=un&keep=true", GIFT.as_bytes()).json();
        let id = kept["kept"].as_str().unwrap();
        let page = server.send("GET", &format!("/d/{id}"), "accept: text/html\r\n", b"");
        assert!(page.body.contains(&format!("/d/{id}.pdf")), "the page links to it");
        let link = server.send("GET", &format!("/d/{id}.pdf"), "accept: text/html\r\n", b"");
        let asked = server.send("GET", &format!("/v1/decisions/{id}"), AS_PDF, b"");
        assert!(link.body.starts_with("%PDF-1.7") && link.body == asked.body);
        assert_eq!(link.header("content-disposition"), Some(format!("inline; filename=\"licit-{id}.pdf\"").as_str()));
        // Whoever takes anything, or would rather have JSON, gets JSON.
        for accept in ["*/*", "application/json, application/pdf", "application/pdf;q=0, */*"] {
            let other = server.send("GET", &format!("/v1/decisions/{id}"), &format!("accept: {accept}\r\n"), b"");
            assert!(other.status == 200 && other.json()["overall"] == "prohibited", "{accept}");
        }
        server.send("POST", "/v1/check", AS_PDF, format!("[{GIFT}]").as_bytes()).is_problem(406, "not-acceptable");
        server.send("POST", "/v1/check", AS_PDF, b"{\"nonsense\": 1}").is_problem(400, "input");
        server.get("/d/none.pdf").is_problem(404, "not-found");
        on_the_command_line(&address, id);
    }

    /// The same bytes, from the same record.
    fn on_the_command_line(record: &str, id: &str) {
        let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pdf-cli");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("decision.pdf");
        let run = |to: &std::path::Path| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_licit"));
            command.args(["show", id, "--store", record, "--data"]).arg(&folder).arg("--pdf").arg(to).output().unwrap()
        };
        let told = run(&file);
        assert!(told.status.success(), "{told:?}");
        let written = std::fs::read(&file).unwrap();
        let piped = run(std::path::Path::new("-"));
        assert!(piped.stdout == written && written.starts_with(b"%PDF-1.7"));
        let read = licit::document(&written, None).unwrap();
        assert_eq!(read.title.as_deref(), Some("Decision on “g1”"));
        assert!(read.text.contains(id));
        let act = folder.join("act.json");
        std::fs::write(&act, GIFT).unwrap();
        let mut check = Command::new(env!("CARGO_BIN_EXE_licit"));
        let told = check.arg("check").arg(&act).args(["--keep", "--in", "un", "--pdf", "-", "--data"]).arg(&folder).output().unwrap();
        let read = licit::document(&told.stdout, None).unwrap();
        assert!(read.text.contains("entry 1 of") && read.text.contains("Prohibited"), "{}", read.text);
    }
}
