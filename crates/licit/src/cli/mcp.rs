//! `licit mcp`: the tools over the Model Context Protocol, until standard input ends.

use super::{ANSWERED, Done};
use crate::{Rulebook, mcp};
use std::io::{BufRead, Read, Write};

pub(super) fn run(book: &Rulebook) -> Done {
    let (mut input, mut out) = (std::io::stdin().lock(), std::io::stdout().lock());
    let most = mcp::MAX_MESSAGE_BYTES;
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = input.by_ref().take(most as u64 + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(ANSWERED);
        }
        let answer = if line.len() > most && line.last() != Some(&b'\n') {
            // The rest of it is passed over without being kept.
            skip_line(&mut input)?;
            Some(mcp::too_long())
        } else if line.iter().all(u8::is_ascii_whitespace) {
            None
        } else {
            mcp::answer(book, &line)
        };
        if let Some(answer) = answer {
            out.write_all(answer.as_bytes())?;
            out.write_all(b"\n")?;
            out.flush()?;
        }
    }
}

fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let chunk = input.fill_buf()?;
        let end = chunk.iter().position(|b| *b == b'\n');
        let used = end.map_or(chunk.len(), |e| e + 1);
        let done = end.is_some() || chunk.is_empty();
        input.consume(used);
        if done {
            return Ok(());
        }
    }
}
