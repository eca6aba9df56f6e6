//! Which language a text is written in: by its letters, then by small words.

/// A language that the reader reads.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Language {
    /// English, read in full.
    En,
    /// German.
    De,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// Russian.
    Ru,
    /// Korean.
    Ko,
    /// Chinese.
    Zh,
}

impl Language {
    /// All that are read.
    pub const ALL: [Self; 7] = [Self::En, Self::De, Self::Fr, Self::Es, Self::Ru, Self::Ko, Self::Zh];

    /// The two letters of ISO 639-1.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
            Self::Es => "es",
            Self::Ru => "ru",
            Self::Ko => "ko",
            Self::Zh => "zh",
        }
    }

    /// The language of a code, also with a region: `zh-Hant`, `pt_BR` is none.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let main = code.split(['-', '_']).next().unwrap_or("");
        Self::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(main))
    }

    /// Its name in English.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "German",
            Self::Fr => "French",
            Self::Es => "Spanish",
            Self::Ru => "Russian",
            Self::Ko => "Korean",
            Self::Zh => "Chinese",
        }
    }
}

/// What a text seems to be written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Detected {
    /// The language, when the reader reads it.
    pub language: Option<Language>,
    /// Its name, or the name of its script.
    pub name: &'static str,
}

/// Letters that are looked at.
const MOST: usize = 4_000;

/// Scripts, with the language or family a text in them is named by.
const SCRIPTS: [&str; 15] = [
    "latin",
    "Cyrillic",
    "Korean",
    "Chinese",
    "Japanese",
    "Arabic",
    "Hebrew",
    "Greek",
    "Hindi",
    "Thai",
    "Bengali",
    "Tamil",
    "Georgian",
    "Armenian",
    "another script",
];

fn script(c: char) -> usize {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => 0,
        '\u{400}'..='\u{52f}' => 1,
        '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' => 2,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => 3,
        '\u{3040}'..='\u{30ff}' => 4,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => 5,
        '\u{590}'..='\u{5ff}' => 6,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => 7,
        '\u{900}'..='\u{97f}' => 8,
        '\u{e00}'..='\u{e7f}' => 9,
        '\u{980}'..='\u{9ff}' => 10,
        '\u{b80}'..='\u{bff}' => 11,
        '\u{10a0}'..='\u{10ff}' => 12,
        '\u{530}'..='\u{58f}' => 13,
        _ => 14,
    }
}

/// Tells the language of a text. Looks at no more than its first letters, so cost is bounded.
#[must_use]
pub fn detect(text: &str) -> Detected {
    let mut counts = [0_usize; 15];
    let mut letters = 0;
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        if letters >= MOST {
            end = at;
            break;
        }
        if c.is_alphabetic() {
            counts[script(c)] += 1;
            letters += 1;
        }
    }
    let start = text.get(..end).unwrap_or(text);
    if letters == 0 {
        return Detected { language: None, name: "no language" };
    }
    // A letter of Korean, Chinese or Japanese says as much as three of an alphabet.
    let weight = |s: usize| counts[s] * if (2..=4).contains(&s) { 3 } else { 1 };
    let first = (0..counts.len()).max_by_key(|s| (weight(*s), std::cmp::Reverse(*s))).unwrap_or(0);
    // Japanese is written in Chinese letters with its own between them.
    if (first == 3 || first == 4) && counts[4] * 12 > counts[3] {
        return Detected { language: None, name: "Japanese" };
    }
    match first {
        0 => latin(start),
        1 => cyrillic(start),
        2 => read(Language::Ko),
        3 => read(Language::Zh),
        5 => Detected { language: None, name: if start.contains(['پ', 'چ', 'گ', 'ژ']) { "Persian" } else { "Arabic" } },
        other => Detected { language: None, name: SCRIPTS.get(other).copied().unwrap_or("another script") },
    }
}

fn read(language: Language) -> Detected {
    Detected { language: Some(language), name: language.name() }
}

fn cyrillic(text: &str) -> Detected {
    let share = |letters: &[char]| text.chars().filter(|c| letters.contains(c)).count();
    let other = [
        ("Ukrainian", share(&['і', 'ї', 'є', 'ґ', 'І', 'Ї', 'Є'])),
        ("Belarusian", share(&['ў', 'Ў']) * 3),
        ("Serbian", share(&['ј', 'љ', 'њ', 'ћ', 'ђ', 'џ', 'Ј'])),
        ("Kazakh", share(&['қ', 'ғ', 'ұ', 'ә', 'ө', 'ң', 'Қ'])),
    ];
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let best = other.into_iter().max_by_key(|(_, n)| *n).filter(|(_, n)| n * 60 > letters);
    // Bulgarian and Macedonian have no letter of their own, and lack `ы`.
    let plain = letters > 120 && share(&['ы', 'э', 'Ы', 'Э']) == 0;
    match best {
        Some((name, _)) => Detected { language: None, name },
        None if plain => Detected { language: None, name: "Bulgarian" },
        None => read(Language::Ru),
    }
}

/// Small words of languages in Latin letters; a word may be in several lists.
const SMALL: [(&str, Option<Language>, &[&str]); 18] = [
    (
        "English",
        Some(Language::En),
        &[
            "a", "an", "am", "he", "she", "we", "but", "or", "than", "like", "into", "out", "no", "the", "of", "and", "to", "in", "that",
            "is", "was", "for", "on", "with", "by", "from", "as", "at", "his", "has", "had", "were", "which", "not", "said", "its", "are",
            "after", "be", "it", "been", "over", "new", "will", "who", "their", "this", "here", "there", "when", "what", "they", "have",
        ],
    ),
    (
        "German",
        Some(Language::De),
        &[
            "in", "der", "die", "das", "und", "den", "dem", "des", "ein", "eine", "einen", "einem", "nicht", "mit", "von", "zu", "für",
            "auf", "ist", "im", "sich", "auch", "an", "nach", "aus", "wurde", "hat", "haben", "soll", "wird", "bei", "am", "laut", "über",
            "es",
        ],
    ),
    (
        "French",
        Some(Language::Fr),
        &[
            "le", "la", "les", "des", "du", "de", "et", "une", "un", "dans", "que", "qui", "pour", "sur", "par", "est", "au", "aux", "ses",
            "avec", "a", "à", "été", "ont", "il", "pas", "selon", "cette", "ce", "d", "l", "qu", "en", "leur",
        ],
    ),
    (
        "Spanish",
        Some(Language::Es),
        &[
            "el", "la", "los", "las", "de", "del", "y", "que", "en", "una", "un", "por", "con", "para", "su", "se", "al", "lo", "fue",
            "como", "más", "según", "ha", "sus", "no", "entre", "desde", "a", "tras",
        ],
    ),
    (
        "Italian",
        None,
        &[
            "il", "di", "che", "è", "della", "dei", "gli", "una", "per", "del", "con", "non", "nel", "sono", "alla", "anche", "delle",
            "stato", "dalla", "ha", "e", "i", "lo", "da", "si", "più", "nella", "alle", "ai", "sul", "dopo", "stata", "detto", "hanno",
        ],
    ),
    (
        "Portuguese",
        None,
        &[
            "o", "os", "do", "da", "dos", "das", "não", "uma", "um", "em", "para", "com", "que", "foi", "ao", "pela", "pelo", "são",
            "também", "no", "na", "à",
        ],
    ),
    (
        "Dutch",
        None,
        &["het", "een", "van", "en", "de", "niet", "dat", "voor", "zijn", "met", "aan", "heeft", "naar", "werd", "ook", "uit", "bij"],
    ),
    ("Polish", None, &["w", "na", "do", "nie", "się", "że", "jest", "przez", "po", "oraz", "dla", "które", "od", "został", "przed"]),
    (
        "Turkish",
        None,
        &[
            "ve",
            "bir",
            "bu",
            "için",
            "ile",
            "olarak",
            "da",
            "olan",
            "sonra",
            "göre",
            "daha",
            "çok",
            "kadar",
            "ülke",
            "gibi",
            "her",
            "ise",
            "ancak",
            "olduğunu",
            "söyledi",
            "tarafından",
            "fazla",
            "dedi",
        ],
    ),
    ("Swedish", None, &["och", "att", "det", "som", "är", "på", "av", "för", "till", "har", "inte", "om", "ett", "från"]),
    (
        "Indonesian",
        None,
        &["yang", "dan", "di", "untuk", "dengan", "dari", "pada", "ini", "itu", "dalam", "tidak", "telah", "oleh", "akan"],
    ),
    ("Czech", None, &["a", "je", "na", "se", "že", "v", "které", "podle", "jsou", "byl", "pro", "ve"]),
    ("Romanian", None, &["și", "în", "de", "la", "cu", "pe", "din", "este", "pentru", "care", "au", "fost", "nu"]),
    ("Hungarian", None, &["a", "az", "és", "hogy", "nem", "egy", "volt", "meg", "szerint", "mondta", "már", "csak"]),
    ("Vietnamese", None, &["và", "của", "là", "cho", "các", "được", "có", "trong", "với", "không", "đã", "những"]),
    (
        "Finnish",
        None,
        &[
            "ja", "on", "ei", "että", "se", "hän", "myös", "mutta", "oli", "ovat", "kun", "joka", "sekä", "sen", "mukaan", "tai", "jossa",
            "jotka",
        ],
    ),
    (
        "Estonian",
        None,
        &["ja", "on", "ei", "et", "see", "oli", "kui", "ka", "aga", "mis", "oma", "ning", "või", "pärast", "ütles", "selle"],
    ),
    (
        "Danish or Norwegian",
        None,
        &["og", "at", "det", "er", "til", "på", "som", "en", "af", "av", "ikke", "med", "har", "fra", "et", "blev", "ble"],
    ),
];

/// Letters that only some languages in Latin letters have.
const LETTERS: [(&str, usize); 12] = [
    ("äöüß", 1),
    ("áíóúñ¿¡", 3),
    ("çêèœàûî", 2),
    ("ìòù", 4),
    ("ãõ", 5),
    ("łąęśżźć", 7),
    ("ğışİ", 8),
    ("åø", 9),
    ("řěů", 11),
    ("ăâțș", 12),
    ("őűö", 13),
    ("õ", 16),
];

/// Of so many words one at least is a small one, in whatever language: a sentence of more than eight words without is in none of these.
const WORDS_WITHOUT: usize = 8;

fn latin(text: &str) -> Detected {
    let mut scores = [0.0_f64; SMALL.len()];
    let mut hits = [0_usize; SMALL.len()];
    let mut foreign = std::collections::HashSet::new();
    let mut words = 0_usize;
    // The article of `al-Shabaab` is part of a name and no Spanish.
    let mut rest = text.split(|c: char| !c.is_alphabetic() && c != '-').filter(|w| w.contains(char::is_alphabetic)).peekable();
    while let Some(word) = rest.next() {
        words += 1;
        let low = word.to_lowercase();
        // `Kim Jong Un` holds no French article: inside a sentence small words have small letters.
        // Nor does `Côte d'Ivoire`: what is drawn into a name belongs to it.
        let drawn = matches!(word, "d" | "l") && rest.peek().is_some_and(|next| next.starts_with(char::is_uppercase));
        let name = drawn || words > 1 && low != word;
        for (at, (.., list)) in SMALL.iter().enumerate() {
            if !name && list.contains(&low.as_str()) {
                scores[at] += 1.0;
                hits[at] += 1;
            }
        }
        // A name with a foreign letter may come a hundred times; it says so once.
        let fresh = low.is_ascii() || foreign.insert(low.clone());
        for (letters, at) in LETTERS.into_iter().filter(|_| fresh) {
            if low.contains(|c| letters.contains(c)) {
                scores[at] += 0.7;
            }
        }
    }
    let best = (0..scores.len()).fold(0, |best, at| if scores[at] > scores[best] { at } else { best });
    // Headlines have few small words: without signs of another language they are English.
    if scores[best] <= 0.0 || (scores[best] - scores[0] < 0.3 && scores[0] > 0.0) {
        return read(Language::En);
    }
    let (name, language, _) = SMALL[best];
    // One foreign letter in a name makes no foreign text.
    if best != 0 && scores[best] < 1.0 && words > 3 {
        return read(Language::En);
    }
    // Letters alone make no language: Finnish has those of German.
    let few = best != 0 && words > WORDS_WITHOUT && hits[best] * WORDS_WITHOUT < words;
    if few || (words > 12 && scores[best] * 25.0 < words as f64) {
        return Detected { language: None, name: "an unknown language" };
    }
    Detected { language, name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_told_apart() {
        for (text, name) in [
            ("Putin gifts Kim a car", "English"),
            ("Moscow gave Kim Jong Un a Russian-made car.", "English"),
            ("Iran ships drones", "English"),
            ("Mali gave Côte d'Ivoire two tanks.", "English"),
            ("Le Mali a donné deux chars à la Côte d’Ivoire.", "French"),
            ("Russia supplied helicopters to Myanmar.", "English"),
            ("Maduro recibe aviones de Irán", "Spanish"),
            ("Russland liefert Öl nach Nordkorea", "German"),
            ("Putin schenkt Kim Jong Un ein Auto", "German"),
            ("La Russie a livré des blindés au Mali", "French"),
            ("Россия передала КНДР нефть", "Russian"),
            ("Росія передала КНДР нафту і зброю", "Ukrainian"),
            ("북한이 러시아에 포탄을 보냈다", "Korean"),
            ("俄罗斯向朝鲜出口石油", "Chinese"),
            ("ロシアは北朝鮮に石油を輸出した", "Japanese"),
            ("أهدى بوتين سيارة لكيم جونغ أون", "Arabic"),
            ("ایران پهپادها را به روسیه داد گفت", "Persian"),
            ("L'Iran ha consegnato droni alla Russia, secondo il governo della città", "Italian"),
            ("O Irã não entregou os drones à Rússia, segundo o governo do país", "Portuguese"),
            ("Il ministro ha detto che il governo invierà altre armi e che saranno consegnate presto", "Italian"),
            ("Hallitus lähettää lisää aseita, ja ministeri sanoi, että apu on tärkeää", "Finnish"),
            ("Valitsus saadab rohkem relvi ja minister ütles, et abi on oluline", "Estonian"),
            ("Regeringen sender flere våben til landet, og støtten er vigtig, siger ministeren", "Danish or Norwegian"),
            ("Bakan, yardımın önemli olduğunu söyledi ve daha fazla silah göndereceğini duyurdu", "Turkish"),
            ("Tämä teksti kertoo aseista, öljystä, laivoista, miehistä, naisista, pöydistä", "an unknown language"),
            ("12345", "no language"),
        ] {
            assert_eq!(detect(text).name, name, "{text}");
        }
    }

    #[test]
    fn names_of_other_scripts_do_not_change_the_language() {
        assert_eq!(detect("The rival, known as 김정은 at home, sold coal to China and the Ukraine.").language, Some(Language::En));
        assert_eq!(detect("김정은은 KN-23 미사일을 러시아에 제공했다").language, Some(Language::Ko));
        assert_eq!(Language::parse("zh-Hant"), Some(Language::Zh));
        assert_eq!(Language::parse("pt"), None);
    }
}
