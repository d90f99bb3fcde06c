//! The language of what Coil adds to an error; CPython's own words stay English.

/// English, Chinese, or Chinese followed by English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// `en`
    #[default]
    English,
    /// `zh`
    Chinese,
    /// `both`
    Both,
}

impl Language {
    /// The language of a name as `--lang` and `COIL_LANG` take it.
    pub fn named(name: &str) -> Option<Language> {
        match name {
            "en" => Some(Language::English),
            "zh" => Some(Language::Chinese),
            "both" => Some(Language::Both),
            _ => None,
        }
    }

    /// The language of a locale's name, such as `zh_CN.UTF-8`.
    pub fn of_locale(locale: &str) -> Language {
        if locale.starts_with("zh") { Language::Chinese } else { Language::English }
    }

    /// What was asked for, by the first of these that says something: the option, `COIL_LANG`, the locale.
    ///
    /// `variable` gives the value of a variable of the environment.
    pub fn choose(option: Option<Language>, variable: impl Fn(&str) -> Option<String>) -> Language {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let asked = option.or_else(|| set("COIL_LANG").and_then(|name| Language::named(&name)));
        asked.unwrap_or_else(|| {
            let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| set(name));
            locale.map_or(Language::English, |locale| Language::of_locale(&locale))
        })
    }

    /// The single languages to show, in their order.
    pub fn parts(self) -> &'static [Language] {
        match self {
            Language::English => &[Language::English],
            Language::Chinese => &[Language::Chinese],
            Language::Both => &[Language::Chinese, Language::English],
        }
    }
}
