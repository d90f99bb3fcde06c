//! Punycode: host names beyond ASCII as the name service knows them, `bücher.example` as `xn--bcher-kva.example`.
//!
//! A label keeps its ASCII characters and gets the others appended as numbers: how far to count until the next one is
//! put in. Source: RFC 3492; RFC 3490 for the prefix.

use unicode_normalization::UnicodeNormalization;

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;

/// A host name in ASCII.
pub fn host_to_ascii(name: &str) -> String {
    let name: String =
        name.to_lowercase().nfkc().map(|c| if matches!(c, '。' | '．' | '｡') { '.' } else { c }).collect();
    let labels: Vec<String> = name
        .split('.')
        .map(|label| if label.is_ascii() { label.to_owned() } else { format!("xn--{}", encode(label)) })
        .collect();
    labels.join(".")
}

/// A label without the prefix.
pub fn encode(label: &str) -> String {
    let points: Vec<u32> = label.chars().map(u32::from).collect();
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (128, 0u32, 72, basic);
    while (handled as usize) < points.len() {
        let next = points.iter().copied().filter(|point| *point >= n).min().unwrap_or(u32::MAX);
        delta = delta.wrapping_add((next - n).wrapping_mul(handled + 1));
        n = next;
        for point in &points {
            if *point < n {
                delta = delta.wrapping_add(1);
            }
            if *point == n {
                push_number(&mut out, delta, bias);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.wrapping_add(1);
        n += 1;
    }
    out
}

fn push_number(out: &mut String, number: u32, bias: u32) {
    let mut rest = number;
    let mut k = BASE;
    loop {
        let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if rest < threshold {
            out.push(digit(rest));
            return;
        }
        out.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
        rest = (rest - threshold) / (BASE - threshold);
        k += BASE;
    }
}

fn digit(value: u32) -> char {
    let byte = if value < 26 { b'a' + value as u8 } else { b'0' + (value as u8).wrapping_sub(26) };
    char::from(byte)
}

fn adapt(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_what_the_registries_have() {
        for (name, ascii) in [
            ("bücher.example", "xn--bcher-kva.example"),
            ("münchen.de", "xn--mnchen-3ya.de"),
            ("中国.cn", "xn--fiqs8s.cn"),
            ("plain.org", "plain.org"),
        ] {
            assert_eq!(host_to_ascii(name), ascii);
        }
    }
}
