//! The words of a report that belong to no code: its headings, and what is told of coroutines and tasks.

use super::catalog;
use super::language::Language;

/// Key, English, Chinese.
const WORDS: &[(&str, &str, &str)] = &[
    ("help", "help:", "帮助："),
    ("calls", "calls, innermost first:", "调用过程（最内层在前）："),
    ("library", "… in {module}", "… 在 {module} 中"),
    ("repeated", "… {count} more times", "… 又重复 {count} 次"),
    ("more", "… {count} more calls", "… 还有 {count} 层调用"),
    ("cause", "caused by:", "直接原因："),
    ("context", "while handling:", "处理下面的异常时发生："),
    ("member", "exception {index} of {count}:", "第 {index} 个异常，共 {count} 个："),
    ("members", "… and {count} more exceptions", "… 还有 {count} 个异常"),
    ("thread", "in thread {name}", "在线程 {name} 中"),
    ("explain", "more: coil explain {code}", "详情：coil explain {code}"),
];

/// The words of a key with their values.
pub(super) fn say(key: &str, language: Language, parameters: &[(&'static str, String)]) -> String {
    let found = WORDS.iter().find(|(known, ..)| *known == key);
    let text = found.map_or("", |(_, english, chinese)| match language {
        Language::Chinese => chinese,
        Language::English | Language::Both => english,
    });
    catalog::fill(text, parameters)
}
