//! Chinese characters, and Korean and Chinese names in Russian letters.

use pinyin::ToPinyin;
use std::collections::HashMap;
use std::sync::LazyLock;

static HANJA: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for line in include_str!("../../../data/names/hanja.csv").lines().skip(1) {
        let Some((reading, characters)) = line.split_once(',') else { continue };
        let Some(syllable) = reading.chars().next() else { continue };
        for c in characters.chars() {
            table.entry(c).or_insert(syllable);
        }
    }
    table
});

static WORDS: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| include_str!("../../../data/names/han_words.csv").lines().skip(1).filter_map(|l| l.split_once(',')).collect());

/// The Korean reading of a Chinese character.
#[must_use]
pub fn hanja(c: char) -> Option<char> {
    HANJA.get(&c).copied()
}

/// A reading of whole words of characters that are not read one by one.
#[must_use]
pub fn whole_word(token: &str) -> Option<&'static str> {
    WORDS.get(token).copied()
}

/// The Mandarin reading, without tones: 近平 is jinping.
#[must_use]
pub fn mandarin(token: &str) -> Option<String> {
    let mut out = String::with_capacity(token.len() * 2);
    for c in token.chars() {
        out.push_str(&c.to_pinyin()?.plain().replace('ü', "u"));
    }
    Some(out)
}

const CHINESE_FAMILY: &str = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭萧田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾鐘谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯温康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑党宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師和仇栾欒隋商刁沙荣榮巫寇桑郎甄丛叢仲虞敖巩鞏明佘池查麻苑迟遲习習朴";

/// Whether a character is a Chinese or Korean family name.
#[must_use]
pub fn is_family_character(c: char) -> bool {
    CHINESE_FAMILY.contains(c)
}

const KOREAN_FAMILY: &str = "김이리박최정강조윤장임림한오서신권황안송유류홍전고문양량손배백노로허남라나현려여심주구우민진지엄채원천방공염변석선설마길연위표명기반왕금옥육인맹제모탁국어은편용태계차하곽성";

/// Whether a syllable is a Korean family name.
#[must_use]
pub fn is_family_syllable(c: char) -> bool {
    KOREAN_FAMILY.contains(c)
}

/// Korean as it is written in Russian, back to the parts of Korean syllables: Чен and Чжон are both jong.
///
/// One syllable or several; `None` if the word cannot be Korean. Final н stands for n and ng alike.
#[must_use]
pub fn korean_in_russian(word: &str) -> Option<Vec<char>> {
    // Voiced letters stand for the same sounds between vowels, and in some styles everywhere.
    const ONSETS: [(&str, char); 24] = [
        ("чж", 'ᄌ'),
        ("дж", 'ᄌ'),
        ("г", 'ᄀ'),
        ("д", 'ᄃ'),
        ("б", 'ᄇ'),
        ("чх", 'ᄎ'),
        ("кх", 'ᄏ'),
        ("тх", 'ᄐ'),
        ("пх", 'ᄑ'),
        ("кк", 'ᄁ'),
        ("тт", 'ᄄ'),
        ("пп", 'ᄈ'),
        ("сс", 'ᄊ'),
        ("ч", 'ᄌ'),
        ("ц", 'ᄎ'),
        ("к", 'ᄀ'),
        ("н", 'ᄂ'),
        ("т", 'ᄃ'),
        ("р", 'ᄅ'),
        ("л", 'ᄅ'),
        ("м", 'ᄆ'),
        ("п", 'ᄇ'),
        ("с", 'ᄉ'),
        ("х", 'ᄒ'),
    ];
    const VOWELS: [(&str, char); 17] = [
        ("ый", 'ᅴ'),
        ("ой", 'ᅬ'),
        ("ве", 'ᅬ'),
        ("ва", 'ᅪ'),
        ("во", 'ᅯ'),
        ("ви", 'ᅱ'),
        ("вэ", 'ᅫ'),
        ("а", 'ᅡ'),
        ("я", 'ᅣ'),
        ("о", 'ᅥ'),
        ("ё", 'ᅧ'),
        ("е", 'ᅥ'),
        ("у", 'ᅮ'),
        ("ю", 'ᅲ'),
        ("ы", 'ᅳ'),
        ("и", 'ᅵ'),
        ("э", 'ᅢ'),
    ];
    const CODAS: [(&str, char); 8] = [("ль", 'ᆯ'), ("к", 'ᆨ'), ("н", '\u{E000}'), ("р", 'ᆯ'), ("л", 'ᆯ'), ("м", 'ᆷ'), ("п", 'ᆸ'), ("т", 'ᆺ')];
    let mut units = Vec::new();
    let mut rest = word;
    if word.chars().count() > 12 {
        return None;
    }
    while !rest.is_empty() {
        let mut onset = 'ᄋ';
        if let Some((letters, unit)) = ONSETS.iter().find(|(l, _)| rest.starts_with(l)) {
            onset = *unit;
            rest = &rest[letters.len()..];
        }
        let (letters, vowel) = VOWELS.iter().find(|(l, _)| rest.starts_with(l))?;
        rest = &rest[letters.len()..];
        units.extend([onset, *vowel]);
        // A consonant closes the syllable unless a vowel follows it.
        if let Some((letters, coda)) = CODAS.iter().find(|(l, _)| rest.starts_with(l)) {
            let after = &rest[letters.len()..];
            if !VOWELS.iter().any(|(l, _)| after.starts_with(l)) {
                units.push(*coda);
                rest = after;
            }
        }
    }
    (!units.is_empty()).then_some(units)
}

/// Chinese as it is written in Russian, back to pinyin: Цзиньпин is jinping; `None` if the word cannot be Chinese.
#[must_use]
pub fn chinese_in_russian(word: &str) -> Option<String> {
    const ONSETS: [(&str, &str); 22] = [
        ("чж", "zh"),
        ("цз", "z"),
        ("ц", "c"),
        ("ч", "ch"),
        ("ш", "sh"),
        ("ж", "r"),
        ("б", "b"),
        ("п", "p"),
        ("м", "m"),
        ("ф", "f"),
        ("д", "d"),
        ("т", "t"),
        ("н", "n"),
        ("л", "l"),
        ("г", "g"),
        ("к", "k"),
        ("х", "h"),
        ("с", "s"),
        ("в", "w"),
        ("й", "y"),
        ("р", "r"),
        ("", ""),
    ];
    // Russian, after a consonant, standing alone.
    const FINALS: [(&str, &str, &str); 38] = [
        ("юань", "uan", "yuan"),
        ("янь", "ian", "yan"),
        ("инь", "in", "yin"),
        ("юнь", "un", "yun"),
        ("уань", "uan", "wan"),
        ("уан", "uang", "wang"),
        ("унь", "un", "wen"),
        ("уай", "uai", "wai"),
        ("уэй", "ui", "wei"),
        ("уй", "ui", "wei"),
        ("ань", "an", "an"),
        ("энь", "en", "en"),
        ("ай", "ai", "ai"),
        ("эй", "ei", "ei"),
        ("ао", "ao", "ao"),
        ("оу", "ou", "ou"),
        ("яо", "iao", "yao"),
        ("ян", "iang", "yang"),
        ("ин", "ing", "ying"),
        ("юн", "iong", "yong"),
        ("юй", "u", "yu"),
        ("юэ", "ue", "yue"),
        ("ун", "ong", "ong"),
        ("ан", "ang", "ang"),
        ("эн", "eng", "eng"),
        ("ень", "en", "en"),
        ("ен", "eng", "eng"),
        ("уа", "ua", "wa"),
        ("уо", "uo", "wo"),
        ("ое", "ue", "yue"),
        ("я", "ia", "ya"),
        ("е", "ie", "ye"),
        ("ю", "iu", "you"),
        ("и", "i", "yi"),
        ("а", "a", "a"),
        ("о", "uo", "o"),
        ("э", "e", "e"),
        ("у", "u", "wu"),
    ];
    let mut out = String::new();
    let mut rest = word;
    if word.chars().count() > 16 {
        return None;
    }
    while !rest.is_empty() {
        let (letters, onset) = ONSETS.iter().find(|(l, _)| rest.starts_with(l))?;
        rest = &rest[letters.len()..];
        // The longest ending after which the rest can still begin a syllable.
        let (letters, joined, alone) = FINALS.iter().find(|(l, ..)| rest.starts_with(l))?;
        rest = &rest[letters.len()..];
        let ending = if onset.is_empty() { alone } else { joined };
        // Russian цз, ц, с stand for j, q, x before i and ü.
        let soft =
            matches!(*ending, "ian" | "in" | "iang" | "ing" | "iong" | "ia" | "ie" | "iu" | "i" | "iao" | "ue") || letters.starts_with('ю');
        out.push_str(match (*onset, soft) {
            ("z", true) => "j",
            ("c", true) => "q",
            ("s", true) => "x",
            (o, _) => o,
        });
        out.push_str(match (*onset, *ending) {
            ("w", "u") => "u",
            ("b" | "p" | "m" | "f" | "w", "uo") => "o",
            (_, e) => e,
        });
    }
    (!out.is_empty()).then_some(out)
}
