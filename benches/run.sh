#!/bin/sh
# Every figure of docs/benchmarks.md, in the order of that page. Takes about ten minutes once all is built.
#   benches/run.sh            everything
#   benches/run.sh quick      without Cedar and CEL, and up to 10^5 lines
set -eu
cd "$(dirname "$0")"

echo "== machine"
uname -srm
grep -m1 'model name' /proc/cpuinfo | sed 's/.*: //'
echo "$(nproc) processors"
rustc --version
cat /proc/loadavg

echo "== licit"
(cd .. && cargo build --release --package licit)

if [ "${1:-}" = quick ]; then features=--no-default-features; largest=5; names=100000; else features=; largest=6; names=5000000; fi

echo "== verdicts"
cargo bench $features --bench verdicts -- --noplot
echo "== answers"
cargo bench $features --bench answers -- --noplot
echo "== route"
cargo bench $features --bench route -- --noplot
echo "== reading"
cargo bench $features --bench reading -- --noplot
if [ -z "$features" ]; then
    echo "== compare"
    cargo bench --bench compare -- --noplot
fi
echo "== startup"
cargo run --release $features --quiet --bin startup
echo "== throughput"
cargo run --release $features --quiet --bin throughput -- "$largest" 3
echo "== names"
cargo run --release $features --quiet --bin names -- "$names"
cat /proc/loadavg
