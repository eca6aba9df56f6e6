//! The service in trouble: killed under load, its disk full, its database gone. Nothing that was acknowledged is lost, and whoever asks
//! meanwhile is told when to come again and nothing of the inside.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod running;

use licit::Rulebook;
use licit::serve::Settings;
use licit::store::{Signer, Store};
use running::{Answer, Running, ask};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("service-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn act(n: usize) -> String {
    serde_json::json!({
        "id": format!("a{n}"), "kind": "supply", "on": "2024-05-01", "parties": [{"role": "supplier", "name": format!("Firm {n}"), "nationality": ["CN"]}],
        "items": [{"description": "bicycles"}], "places": {"origin": "CN", "destination": "KP"},
    })
    .to_string()
}

/// `licit serve` as a process of its own.
struct Service {
    child: Child,
    address: SocketAddr,
}

impl Service {
    /// Starts it in a folder, from a shell that first does something.
    fn start(folder: &Path, first: &str) -> Self {
        let command = format!("{first} exec \"$0\" serve --listen 127.0.0.1:0 --data \"$1\" --store \"sqlite:$1/record.sqlite\"");
        let mut child = Command::new("sh")
            .args(["-c", &command, env!("CARGO_BIN_EXE_licit")])
            .arg(folder)
            .env_remove("LICIT_STORE")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut heard = Vec::new();
        let address = log.by_ref().find_map(|line| {
            let found = line.split_once("listening on http://").and_then(|(_, address)| address.trim().parse().ok());
            heard.push(line);
            found
        });
        let Some(address) = address else { panic!("it does not start: {heard:?}") };
        // The rest of the log is read, so that the service never waits for it.
        std::thread::spawn(move || log.for_each(drop));
        Self { child, address }
    }

    fn keep(&self, n: usize) -> Answer {
        ask(self.address, "POST", "/v1/check?in=un&brief&keep=true", "content-type: application/json\r\n", act(n).as_bytes())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// That the record is as it was written, and has everything that was acknowledged.
fn whole(folder: &Path, acknowledged: &BTreeSet<String>) {
    let signer = Signer::at(&folder.join("audit.key")).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = Store::open(&format!("sqlite:{}", folder.join("record.sqlite").display()), signer.clone()).await.unwrap();
        let audit = store.verify(&[signer.public()], &[]).await.unwrap();
        assert_eq!(audit.faults, []);
        for id in acknowledged {
            assert!(store.answer_of(id).await.unwrap().is_some(), "{id} was acknowledged and is not there");
        }
        store.close().await;
    });
}

/// `LICIT_KILLS` says how often; 200 take minutes.
#[cfg(unix)]
#[test]
fn a_service_that_is_killed_under_load_loses_nothing_that_it_acknowledged() {
    let kills: usize = std::env::var("LICIT_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    let (mut folder, mut acknowledged) = (PathBuf::new(), BTreeSet::new());
    for round in 0..kills {
        // A record of its own every twenty rounds: verifying a long one takes longer than the rounds.
        if round % 20 == 0 {
            (folder, acknowledged) = (scratch(&format!("kills{}", round / 20)), BTreeSet::new());
        }
        let service = Arc::new(Service::start(&folder, ""));
        let (told, hears) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let clients: Vec<_> = (0..8)
            .map(|client| {
                let (service, told, stop) = (Arc::clone(&service), told.clone(), Arc::clone(&stop));
                std::thread::spawn(move || {
                    let mut n = round * 1_000_000 + client * 100_000;
                    while !stop.load(Ordering::Relaxed) {
                        let answer = service.keep(n);
                        n += 1;
                        // An answer that was cut off is none.
                        let Some(id) = answer.whole().then(|| answer.json()["kept"].as_str().unwrap().to_owned()) else { return };
                        told.send(id).unwrap();
                    }
                })
            })
            .collect();
        drop(told);
        // After another number of answers each time, while others are on their way.
        acknowledged.extend(hears.iter().take(1 + round * 13 % 90));
        let pid = service.child.id().to_string();
        assert!(Command::new("kill").args(["-9", &pid]).status().unwrap().success());
        stop.store(true, Ordering::Relaxed);
        acknowledged.extend(hears.iter());
        clients.into_iter().for_each(|client| client.join().unwrap());
        drop(service);
        assert!(!acknowledged.is_empty());
        whole(&folder, &acknowledged);
    }
}

/// A limit on the size of files stands for the full disk: the write fails in the same place.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_what_was_acknowledged_is_there_when_there_is_room_again() {
    let folder = scratch("full");
    let service = Service::start(&folder, "trap '' XFSZ; ulimit -f 400;");
    let mut acknowledged = BTreeSet::new();
    let mut n = 0;
    let refused = loop {
        let answer = service.keep(n);
        if answer.status != 200 {
            break answer;
        }
        acknowledged.insert(answer.json()["kept"].as_str().unwrap().to_owned());
        n += 1;
        assert!(n < 10_000, "the disk never was full");
    };
    refused.is_problem(503, "no-record");
    assert_eq!(refused.header("retry-after"), Some("2"));
    for inside in ["sqlite", "disk", "record.sqlite", "code:", "I/O"] {
        assert!(!refused.body.contains(inside), "{inside}: {refused:?}");
    }
    // Whoever wants nothing kept is answered as ever.
    let plain = ask(service.address, "POST", "/v1/check?in=un&brief", "content-type: application/json\r\n", act(n).as_bytes());
    assert_eq!(plain.status, 200);
    assert!(!acknowledged.is_empty());
    drop(service);
    whole(&folder, &acknowledged);
    let service = Service::start(&folder, "");
    assert_eq!(service.keep(n).status, 200, "with room again, it is kept");
}

/// Somebody opens connections by the thousand, says nothing, and others are answered all the same. 10,000 where the system lets
/// this process have as many.
#[cfg(unix)]
#[test]
fn thousands_that_say_nothing_keep_nobody_out() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let now = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: now.maximum, maximum: now.maximum });
    let most = getrlimit(Resource::Nofile).current.map_or(10_000, |files| usize::try_from(files).unwrap().saturating_sub(400).min(10_000));
    let folder = scratch("silent");
    let service = Service::start(&folder, "");
    let silent: Vec<TcpStream> = (0..most).map(|_| TcpStream::connect(service.address).unwrap()).collect();
    eprintln!("{most} connections that say nothing");
    let kept = service.keep(1);
    assert_eq!(kept.status, 200, "{kept:?}");
    let metrics = ask(service.address, "GET", "/metrics", "", b"");
    let memory = metrics.body.lines().find_map(|l| l.strip_prefix("process_resident_memory_bytes ")).unwrap();
    assert!(memory.parse::<u64>().unwrap() < 600 << 20, "{memory} bytes");
    // They were there all the while: the last one has not been let go of yet.
    let last = silent.last().unwrap();
    last.set_nonblocking(true).unwrap();
    assert_eq!(last.peek(&mut [0]).unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
    eprintln!("memory: {memory} bytes");
}

/// Whoever may not write, on a disk that is read only or in a folder of somebody else, can read and verify the record all the
/// same; a server there says at the start that it cannot keep anything, or serves without.
#[cfg(unix)]
#[test]
fn a_record_that_can_only_be_read_is_read_and_a_server_says_so_at_the_start() {
    use std::os::unix::fs::PermissionsExt;
    let folder = scratch("read-only");
    // Killed, so that what was kept last still lies in the log beside the file.
    let kept = Service::start(&folder, "").keep(1).json()["kept"].as_str().unwrap().to_owned();
    let lock = |folder: &Path, locked: bool| {
        for file in std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|file| file.is_file()) {
            std::fs::set_permissions(file, PermissionsExt::from_mode(if locked { 0o444 } else { 0o644 })).unwrap();
        }
        std::fs::set_permissions(folder, PermissionsExt::from_mode(if locked { 0o555 } else { 0o755 })).unwrap();
    };
    // Permissions do not hold for root; then nobody in particular tries.
    let root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let licit = |folder: &Path, arguments: &[&str]| {
        let mut command = if root { Command::new("setpriv") } else { Command::new(env!("CARGO_BIN_EXE_licit")) };
        if root {
            command.args(["--reuid=65534", "--clear-groups", env!("CARGO_BIN_EXE_licit")]);
        }
        command.args(arguments).arg("--data").arg(folder).env_remove("LICIT_STORE").stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let Ok(tried) = licit(&folder, &["law", "coverage"]).output() else {
        eprintln!("no setpriv here: a record that can only be read was not tried");
        return;
    };
    if !tried.status.success() {
        eprintln!("nobody in particular may not run the program where it lies: a record that can only be read was not tried");
        return;
    }
    let tried = |folder: &Path| {
        lock(folder, true);
        for arguments in [&["audit", "verify"] as &[&str], &["show", &kept]] {
            let told = licit(folder, arguments).output().unwrap();
            assert!(told.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&told.stderr));
        }
        for arguments in [&["serve", "--listen", "127.0.0.1:0"] as &[&str], &["audit", "redact", &kept, "--by", "me", "--because", "asked"]]
        {
            let refused = licit(folder, arguments).output().unwrap();
            let told = String::from_utf8(refused.stderr).unwrap();
            assert!(!refused.status.success() && told.contains("record.sqlite can be read and not written to"), "{arguments:?}: {told}");
        }
        let mut served = licit(folder, &["serve", "--listen", "127.0.0.1:0", "--no-record"]).spawn().unwrap();
        let heard = BufReader::new(served.stderr.take().unwrap()).lines().map_while(Result::ok).find(|line| line.contains("listening on"));
        served.kill().unwrap();
        served.wait().unwrap();
        lock(folder, false);
        assert!(heard.is_some());
    };
    tried(&folder);
    // Closed in order, the file is all there is.
    whole(&folder, &BTreeSet::from([kept.clone()]));
    assert!(!std::fs::metadata(folder.join("record.sqlite-wal")).is_ok_and(|log| log.len() > 0));
    tried(&folder);
}

/// A clock that is set back for a year and forward again breaks neither the record nor its order.
#[cfg(unix)]
#[test]
fn a_clock_that_jumps_breaks_neither_the_record_nor_its_order() {
    // It says how it does it: a library that is loaded first. Run by it, the service would be its child and survive it.
    let Ok(told) = Command::new("faketime").args(["-f", "+0", "env"]).output() else {
        eprintln!("no faketime here: a clock that jumps was not tried");
        return;
    };
    let told = String::from_utf8(told.stdout).unwrap();
    let library = told.lines().find_map(|l| l.strip_prefix("LD_PRELOAD=")).unwrap();
    let folder = scratch("clock");
    let mut acknowledged = Vec::new();
    for (n, jump) in ["+0", "-400d", "+800d", "-1d"].iter().enumerate() {
        let service = Service::start(&folder, &format!("export FAKETIME={jump} LD_PRELOAD={library};"));
        let kept = service.keep(n);
        assert_eq!(kept.status, 200, "{jump}: {kept:?}");
        acknowledged.push(kept.json()["kept"].as_str().unwrap().to_owned());
        let listed = ask(service.address, "GET", "/v1/decisions", "", b"").json();
        let order: Vec<&str> = listed["decisions"].as_array().unwrap().iter().map(|d| d["id"].as_str().unwrap()).collect();
        assert!(order.iter().rev().eq(acknowledged.iter()), "newest first: {order:?} of {acknowledged:?}");
    }
    whole(&folder, &acknowledged.into_iter().collect());
}

/// Stands between a server and its database, and can be cut.
struct Wire {
    address: SocketAddr,
    cut: Arc<AtomicBool>,
    open: Arc<std::sync::Mutex<Vec<TcpStream>>>,
}

impl Wire {
    fn to(database: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (cut, open) = (Arc::new(AtomicBool::new(false)), Arc::<std::sync::Mutex<Vec<TcpStream>>>::default());
        let (is_cut, streams, database) = (Arc::clone(&cut), Arc::clone(&open), database.to_owned());
        std::thread::spawn(move || {
            for here in listener.incoming().map_while(Result::ok) {
                if is_cut.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(there) = TcpStream::connect(&database) else { continue };
                for (mut from, mut to) in
                    [(here.try_clone().unwrap(), there.try_clone().unwrap()), (there.try_clone().unwrap(), here.try_clone().unwrap())]
                {
                    std::thread::spawn(move || {
                        let _ = std::io::copy(&mut from, &mut to);
                        let _ = to.shutdown(std::net::Shutdown::Both);
                    });
                }
                streams.lock().unwrap().extend([here, there]);
            }
        });
        Self { address, cut, open }
    }

    fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        for stream in self.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
    }

    fn mend(&self) {
        self.cut.store(false, Ordering::SeqCst);
    }
}

#[test]
fn a_database_that_is_gone_is_told_and_one_that_is_back_is_used_again() {
    let Ok(server) = std::env::var("LICIT_TEST_POSTGRES") else {
        eprintln!("LICIT_TEST_POSTGRES is not set: a database that is gone was not tried");
        return;
    };
    let name = format!("licit_gone_{}", std::process::id());
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        sqlx::any::install_default_drivers();
        let pool = sqlx::AnyPool::connect(&format!("{server}/postgres")).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&pool).await.unwrap();
    });
    let (user, host) = server.strip_prefix("postgres://").and_then(|s| s.split_once('@')).unwrap();
    let wire = Wire::to(host);
    let record = format!("postgres://{user}@{}/{name}?sslmode=disable", wire.address);
    let server = Running::of(Rulebook::embedded().clone(), Settings::default(), Some(record), None);
    let keep = |n: usize| server.post("/v1/check?in=un&brief&keep=true", act(n).as_bytes());
    let first = keep(0).json()["kept"].as_str().unwrap().to_owned();
    while server.get("/readyz").status != 200 {
        std::thread::yield_now();
    }
    wire.cut();
    let refused = keep(1);
    refused.is_problem(503, "no-record");
    assert!(refused.header("retry-after").is_some() && !refused.body.contains("sslmode") && !refused.body.contains(&name), "{refused:?}");
    server.get("/readyz").is_problem(503, "no-record");
    assert_eq!(server.post("/v1/check?in=un&brief", act(1).as_bytes()).status, 200);
    wire.mend();
    // Without a new start; the first attempts may still meet what was cut.
    let again = (0..20).map(|_| keep(1)).find(|a| a.status == 200).expect("it is back");
    assert_ne!(again.json()["kept"].as_str(), Some(first.as_str()));
    assert_eq!(server.get(&format!("/v1/decisions/{first}")).status, 200);
}
