//! The words of a report that belong to no code: its headings, and what is told of coroutines and tasks.

use super::catalog;
use super::language::Language;

/// Key, English, Chinese.
const WORDS: &[(&str, &str, &str)] = &[
    ("help", "help:", "帮助："),
    ("calls", "calls, innermost first:", "调用过程（最内层在前）："),
    ("library", "… in {module}", "… 在 {module} 中"),
    ("repeated", "… {count} more times", "… 又重复 {count} 次"),
    ("all repeated", "… these {length} calls {count} more times", "… 以上 {length} 层调用又重复 {count} 次"),
    ("more", "… {count} more calls", "… 还有 {count} 层调用"),
    ("cause", "caused by:", "直接原因："),
    ("context", "while handling:", "处理下面的异常时发生："),
    ("member", "exception {index} of {count}:", "第 {index} 个异常，共 {count} 个："),
    (
        "inner member",
        "exception {index}, {place} of {count} in its group:",
        "异常 {index}，所在组共 {count} 个，这是第 {place} 个：",
    ),
    ("members", "… and {count} more exceptions", "… 还有 {count} 个异常"),
    ("thread", "in thread {name}", "在线程 {name} 中"),
    ("explain", "more: coil explain {code}", "详情：coil explain {code}"),
    ("generator", "generator", "生成器"),
    ("async generator", "asynchronous generator", "异步生成器"),
    ("coroutine", "coroutine", "协程"),
    ("made", "{kind} `{name}` was made at {place}", "{kind} `{name}` 创建于 {place}"),
    (
        "fresh",
        "{kind} `{name}` was made at {place}; none of its body has run",
        "{kind} `{name}` 创建于 {place}，函数体还没有开始执行",
    ),
    ("resumed", "{kind} `{name}` was last resumed at {place}", "{kind} `{name}` 最近一次恢复于 {place}"),
    ("stands", "{kind} `{name}` stands at {place}: `{code}`", "{kind} `{name}` 停在 {place}：`{code}`"),
    ("returned", "{kind} `{name}` returned {value} at {place}", "{kind} `{name}` 在 {place} 返回 {value}"),
    ("raised", "{kind} `{name}` ended with {value} at {place}", "{kind} `{name}` 在 {place} 因 {value} 结束"),
    ("closed", "{kind} `{name}` was closed; it stood at {place}", "{kind} `{name}` 已被关闭，当时停在 {place}"),
    ("task", "task `{task}`, which runs `{name}`, was made at {place}", "运行 `{name}` 的任务 `{task}` 创建于 {place}"),
    ("waits", "task `{task}` waits at {place}: `{code}`", "任务 `{task}` 在 {place} 等待：`{code}`"),
    ("awaited", "task `{task}` is awaited by task `{other}` at {place}", "任务 `{other}` 在 {place} 等待任务 `{task}`"),
    (
        "was awaited",
        "task `{task}` was awaited by `{waiter}` in task `{other}` at {place}",
        "任务 `{task}` 由任务 `{other}` 中的 `{waiter}` 在 {place} 等待",
    ),
    (
        "running was awaited",
        "task `{task}`, which runs `{name}`, was awaited by `{waiter}` in task `{other}` at {place}",
        "任务 `{task}`（运行 `{name}`）由任务 `{other}` 中的 `{waiter}` 在 {place} 等待",
    ),
    ("nobody", "nobody awaits task `{task}`", "没有人等待任务 `{task}`"),
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
