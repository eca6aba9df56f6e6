//! Splits a law file into headings, prose and fenced TOML blocks. Knows nothing about what the blocks mean.

/// A fenced block and where it starts.
#[derive(Debug)]
pub(crate) struct Fence {
    pub kind: String,
    pub text: String,
    /// Line of the first line inside the fence.
    pub line: usize,
}

/// A heading with what stands below it.
#[derive(Debug)]
pub(crate) struct Section {
    /// Text after the `#`s; empty before the first heading.
    pub heading: String,
    pub level: usize,
    pub prose: String,
    pub fences: Vec<Fence>,
    pub line: usize,
}

/// The sections of a file; a fence that is never closed runs to the end of the file and is named in the second value.
pub(crate) fn sections(text: &str) -> (Vec<Section>, Option<usize>) {
    let mut all = vec![Section { heading: String::new(), level: 0, prose: String::new(), fences: Vec::new(), line: 1 }];
    let mut open: Option<Fence> = None;
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        if let Some(fence) = &mut open {
            if line.trim_end() == "```" {
                if let (Some(section), Some(fence)) = (all.last_mut(), open.take()) {
                    section.fences.push(fence);
                }
            } else {
                fence.text.push_str(line);
                fence.text.push('\n');
            }
            continue;
        }
        if let Some(info) = line.strip_prefix("```") {
            let kind = info.strip_prefix("toml").unwrap_or("").trim().to_owned();
            open = Some(Fence { kind, text: String::new(), line: number + 1 });
        } else if line.starts_with('#') {
            let level = line.bytes().take_while(|b| *b == b'#').count();
            all.push(Section {
                heading: line.trim_start_matches('#').trim().to_owned(),
                level,
                prose: String::new(),
                fences: Vec::new(),
                line: number,
            });
        } else if let Some(section) = all.last_mut() {
            section.prose.push_str(line);
            section.prose.push('\n');
        }
    }
    let unclosed = open.as_ref().map(|f| f.line - 1);
    (all, unclosed)
}
