//! Which characters a set, `\w` or `.` takes, and which characters are equal when case is ignored.
//!
//! A set answers for the first 256 code points out of a bitmap made beforehand, in which negation and case are settled; any
//! other character is looked up item by item.
//!
//! Two characters are equal without case when their simple lower case forms are the same or stand in one row of
//! [`EQUIVALENT`], which lists lower case letters that share an upper case letter (`s` and `ſ`).

use crate::text::unicode;

/// How case is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// It is not.
    Exact,
    /// Among the letters of ASCII.
    Ascii,
    /// Among all letters.
    Unicode,
}

/// A class of characters that an escape names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// `\d`
    Digit,
    /// `\s`
    Space,
    /// `\w`
    Word,
}

/// What a set lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// One character.
    One(u32),
    /// From the first to the last.
    Range(u32, u32),
    /// A class, or everything that is not in it.
    Class {
        /// Which.
        category: Category,
        /// Whether it is what is not in the class.
        negated: bool,
    },
}

/// Whether a character is in a class; `ascii` restricts the class to ASCII.
pub fn in_category(category: Category, c: u32, ascii: bool) -> bool {
    if c < 128 {
        let byte = c as u8;
        return match category {
            Category::Digit => byte.is_ascii_digit(),
            Category::Space if ascii => matches!(byte, b'\t'..=b'\r' | b' '),
            Category::Space => unicode::is_space(char::from(byte)),
            Category::Word => byte.is_ascii_alphanumeric() || byte == b'_',
        };
    }
    // A lone surrogate, which is no char, is in none of the classes.
    let Some(c) = char::from_u32(c).filter(|_| !ascii) else { return false };
    match category {
        Category::Digit => unicode::decimal_value(c).is_some(),
        Category::Space => unicode::is_space(c),
        Category::Word => unicode::is_alnum(c),
    }
}

/// Whether a character belongs to words, for `\b`.
#[inline]
pub fn is_word(c: u32, ascii: bool) -> bool {
    in_category(Category::Word, c, ascii)
}

/// Lower case letters with the same upper case letter.
const EQUIVALENT: &[&[u32]] = &[
    &[0x69, 0x131],
    &[0x73, 0x17f],
    &[0xb5, 0x3bc],
    &[0x345, 0x3b9, 0x1fbe],
    &[0x390, 0x1fd3],
    &[0x3b0, 0x1fe3],
    &[0x3b2, 0x3d0],
    &[0x3b5, 0x3f5],
    &[0x3b8, 0x3d1],
    &[0x3ba, 0x3f0],
    &[0x3c0, 0x3d6],
    &[0x3c1, 0x3f1],
    &[0x3c2, 0x3c3],
    &[0x3c6, 0x3d5],
    &[0x432, 0x1c80],
    &[0x434, 0x1c81],
    &[0x43e, 0x1c82],
    &[0x441, 0x1c83],
    &[0x442, 0x1c84, 0x1c85],
    &[0x44a, 0x1c86],
    &[0x463, 0x1c87],
    &[0x1c88, 0xa64b],
    &[0x1e61, 0x1e9b],
    &[0xfb05, 0xfb06],
];

/// Characters whose lower case form does not lead back to them: the form, then they.
const ONE_WAY: &[(u32, &[u32])] = &[
    (0x69, &[0x130]),
    (0x6b, &[0x212a]),
    (0xdf, &[0x1e9e]),
    (0xe5, &[0x212b]),
    (0x1c6, &[0x1c4, 0x1c5]),
    (0x1c9, &[0x1c7, 0x1c8]),
    (0x1cc, &[0x1ca, 0x1cb]),
    (0x1f3, &[0x1f1, 0x1f2]),
    (0x3b8, &[0x3f4]),
    (0x3c9, &[0x2126]),
];

/// The simple lower case form of a character.
pub fn lower(c: u32, case: Case) -> u32 {
    match case {
        Case::Exact => c,
        _ if c < 128 => u32::from((c as u8).to_ascii_lowercase()),
        Case::Ascii => c,
        Case::Unicode => match char::from_u32(c).map(unicode_case_mapping::to_lowercase) {
            Some([first, _]) if first != 0 => first,
            _ => c,
        },
    }
}

/// The characters that equal a character without case, itself among them.
pub fn variants(c: u32, case: Case) -> Vec<u32> {
    match case {
        Case::Exact => return vec![c],
        Case::Ascii => {
            let Some(letter) = u8::try_from(c).ok().filter(u8::is_ascii_alphabetic) else { return vec![c] };
            return vec![u32::from(letter.to_ascii_lowercase()), u32::from(letter.to_ascii_uppercase())];
        }
        Case::Unicode => {}
    }
    let low = lower(c, case);
    let lows = EQUIVALENT.iter().find(|row| row.contains(&low)).map_or(std::slice::from_ref(&low), |row| row);
    let mut all = Vec::with_capacity(2);
    for &low in lows {
        all.push(low);
        if let Some(letter) = char::from_u32(low) {
            let upper = unicode_case_mapping::to_uppercase(letter);
            let title = unicode_case_mapping::to_titlecase(letter);
            for (form, single) in [(upper[0], upper[1] == 0), (title[0], title[1] == 0)] {
                if form != 0 && single && lower(form, case) == low && !all.contains(&form) {
                    all.push(form);
                }
            }
        }
        for (_, more) in ONE_WAY.iter().filter(|(from, _)| *from == low) {
            all.extend(more.iter().filter(|form| !all.contains(form)).copied().collect::<Vec<_>>());
        }
    }
    all
}

/// A set of characters.
#[derive(Clone, Debug)]
pub struct CharSet {
    /// One bit per code point below 256.
    bitmap: [u64; 4],
    items: Vec<Item>,
    negated: bool,
    case: Case,
    ascii: bool,
}

impl CharSet {
    /// A set of these items. `ascii` restricts classes to ASCII.
    pub fn new(items: Vec<Item>, negated: bool, case: Case, ascii: bool) -> CharSet {
        let mut set = CharSet { bitmap: [0; 4], items, negated, case, ascii };
        for c in 0..256 {
            if set.looked_up(c) {
                set.bitmap[c as usize / 64] |= 1 << (c % 64);
            }
        }
        set
    }

    /// Whether a character is in the set.
    #[inline(always)]
    pub fn contains(&self, c: u32) -> bool {
        if c < 256 { self.contains_low(c as u8) } else { self.looked_up(c) }
    }

    /// Whether a character below 256 is in the set.
    #[inline(always)]
    pub fn contains_low(&self, c: u8) -> bool {
        self.bitmap[usize::from(c >> 6)] >> (c & 63) & 1 != 0
    }

    /// Whether only characters below 128 are in the set.
    pub fn is_ascii(&self) -> bool {
        let low_items = self.items.iter().all(|item| match item {
            Item::One(c) | Item::Range(_, c) => *c < 128,
            Item::Class { negated, .. } => !negated && self.ascii,
        });
        !self.negated && low_items && self.case != Case::Unicode
    }

    fn looked_up(&self, c: u32) -> bool {
        let listed = if self.case == Case::Exact {
            self.items.iter().any(|item| self.item_contains(item, c))
        } else {
            let low = lower(c, self.case);
            let mut forms = Vec::new();
            self.items.iter().any(|item| match item {
                Item::Class { .. } => self.item_contains(item, low),
                Item::One(_) | Item::Range(..) => {
                    if forms.is_empty() {
                        forms = variants(c, self.case);
                    }
                    forms.iter().any(|form| self.item_contains(item, *form))
                }
            })
        };
        listed != self.negated
    }

    fn item_contains(&self, item: &Item, c: u32) -> bool {
        match *item {
            Item::One(one) => one == c,
            Item::Range(first, last) => (first..=last).contains(&c),
            Item::Class { category, negated } => in_category(category, c, self.ascii) != negated,
        }
    }
}
