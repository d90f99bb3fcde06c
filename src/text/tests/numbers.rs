//! Numbers: `float`, `int`, hashing.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{Num, Signed, ToPrimitive};

use super::{Case, check, escape, hex, outcome, truth};
use crate::text::complex;
use crate::text::float::{self, Notation, Power, Style};
use crate::text::hashing::{self, Tuple};
use crate::text::int::{self, Int};
use crate::text::math::{self, Base};
use crate::text::mersenne::MersenneTwister;

pub(super) fn big(text: &str) -> BigInt {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    match digits.strip_prefix("0x") {
        Some(digits) => BigInt::from_str_radix(&format!("{sign}{digits}"), 16).unwrap(),
        None => text.parse().unwrap(),
    }
}

fn shown(n: &BigInt) -> String {
    if n.bits() > 200 { int::to_prefixed(n, 16) } else { n.to_string() }
}

fn shown_int(n: Int) -> String {
    shown(&BigInt::from(n))
}

#[test]
fn floats() {
    check("float", include_str!("golden/float.txt"), |case| {
        let x = || case.parse::<f64>(0);
        let y = || case.parse::<f64>(1);
        match case.name {
            "parse" => match float::parse(&case.text(0)) {
                Some(x) => float::repr(x),
                None => {
                    format!(
                        "!ValueError: could not convert string to float: {}",
                        escape(&crate::text::repr::string(&case.text(0)))
                    )
                }
            },
            "repr" => float::repr(x()),
            "hex" => float::hex(x()),
            "ratio" => outcome(float::as_integer_ratio(x()), |(a, b)| format!("{}|{}", shown(&a), shown(&b))),
            "to_int" => outcome(float::to_int(x()), shown_int),
            "round_to_int" => outcome(float::round_to_int(x()), shown_int),
            "round" => outcome(float::round(x(), case.parse(1)), float::repr),
            "floor_div" => outcome(float::floor_div(x(), y()), float::repr),
            "modulo" => outcome(float::modulo(x(), y()), float::repr),
            "div_mod" => outcome(float::div_mod(x(), y()), |(q, r)| format!("{}|{}", float::repr(q), float::repr(r))),
            "pow" => outcome(float::pow(x(), y()), |power| match power {
                Power::Real(x) => float::repr(x),
                Power::Complex => "complex".to_owned(),
            }),
            "compare" => {
                let order = float::compare_big(&big(case.args[0]), y());
                [Ordering::Less, Ordering::Equal, Ordering::Greater].map(|o| truth(order == Some(o))).join("|")
            }
            "from_hex" => outcome(float::from_hex(&case.text(0)), float::repr),
            name => panic!("{name}"),
        }
    });
}

#[test]
fn ints() {
    check("int", include_str!("golden/int.txt"), |case| {
        let x = || big(case.args[0]);
        let y = || big(case.args[1]);
        match case.name {
            "parse" => {
                let text = case.text(0);
                let parsed =
                    int::parse(&text, case.parse(1), int::DEFAULT_MAX_STR_DIGITS, || crate::text::repr::string(&text));
                outcome(parsed, shown_int)
            }
            "decimal_size" => {
                let n = num_traits::pow(BigInt::from(10), case.parse(0));
                outcome(int::to_decimal(&n, int::DEFAULT_MAX_STR_DIGITS), |text| text.len().to_string())
            }
            "decimal" => outcome(int::to_decimal(&x(), 0), |text| text),
            "prefixed" => int::to_prefixed(&x(), case.parse(1)),
            "floor_div" => outcome(int::floor_div(&x(), &y()), |n| {
                small_div_mod_agrees(case);
                shown(&n)
            }),
            "modulo" => outcome(int::modulo(&x(), &y()), |n| shown(&n)),
            "div_mod" => outcome(int::div_mod(&x(), &y()), |(q, r)| format!("{}|{}", shown(&q), shown(&r))),
            "true_div" => match (x().to_i64(), y().to_i64()) {
                (Some(x), Some(y)) => outcome(int::true_div_small(x, y), float::repr),
                _ => outcome(int::true_div(&x(), &y()), float::repr),
            },
            "pow" => {
                if let Some(power) = x().to_i64().and_then(|x| int::pow_small(x, case.parse(1))) {
                    return power.to_string();
                }
                outcome(int::pow(&x(), &y()), |n| shown(&n))
            }
            "pow_mod" => outcome(int::pow_mod(&x(), &y(), &big(case.args[2])), |n| shown(&n)),
            "shift_left" => {
                if let (Some(x), Some(y)) = (x().to_i64(), y().to_i64().filter(|&y| y >= 0))
                    && let Some(n) = int::shift_left_small(x, y)
                {
                    return n.to_string();
                }
                outcome(int::shift_left(&x(), &y()), |n| shown(&n))
            }
            "shift_right" => {
                if let (Some(x), Some(y)) = (x().to_i64(), y().to_i64().filter(|&y| y >= 0)) {
                    return int::shift_right_small(x, y).to_string();
                }
                outcome(int::shift_right(&x(), &y()), |n| shown(&n))
            }
            "bits" => format!("{}|{}", int::bit_length(&x()), int::bit_count(&x())),
            "round" => shown(&int::round(&x(), case.parse(1))),
            "to_bytes" => {
                let bytes = int::to_bytes(&x(), case.parse(1), case.args[2] == "big", case.args[3] == "True");
                outcome(bytes, |bytes| hex(&bytes))
            }
            "from_bytes" => shown_int(int::from_bytes(&case.bytes(0), case.args[1] == "big", case.args[2] == "True")),
            "to_float" => outcome(int::to_float(&x()), float::repr),
            "isqrt" => outcome(int::isqrt(&x()), |n| shown(&n)),
            name => panic!("{name}"),
        }
    });
}

fn small_div_mod_agrees(case: &Case<'_>) {
    let (x, y) = (big(case.args[0]), big(case.args[1]));
    if let (Some(small_x), Some(small_y)) = (x.to_i64(), y.to_i64())
        && let Some((quotient, remainder)) = int::div_mod_small(small_x, small_y)
    {
        assert_eq!(int::div_mod(&x, &y).unwrap(), (BigInt::from(quotient), BigInt::from(remainder)));
    }
}

fn hash_of(text: &str) -> i64 {
    let n = big(text);
    let hash = hashing::big_int(&n);
    if let Some(small) = n.to_i64() {
        assert_eq!(hash, hashing::int(small));
    }
    hash
}

fn items<'a>(list: &'a str) -> impl Iterator<Item = i64> + 'a {
    list.split('|').filter(|item| !item.is_empty()).map(hash_of)
}

#[test]
fn hashes() {
    check("hashing", include_str!("golden/hashing.txt"), |case| {
        let tuple = |hashes: &mut dyn Iterator<Item = i64>| {
            let mut tuple = Tuple::new();
            hashes.for_each(|hash| tuple.add(hash));
            tuple
        };
        let hash = match case.name {
            "string" => hashing::string(&case.text(0)),
            "bytes" => hashing::bytes(&case.bytes(0)),
            "float" => hashing::float(case.parse(0)).unwrap(),
            "complex" => {
                let part = |index| hashing::float(case.parse(index)).unwrap();
                hashing::complex(part(0), part(1))
            }
            "int" => hash_of(case.args[0]),
            "tuple" => tuple(&mut items(case.args[0])).finish(),
            "frozenset" => hashing::frozenset(items(case.args[0])),
            "range" => {
                let (start, stop, step): (i64, i64, i64) = (case.parse(0), case.parse(1), case.parse(2));
                let length = ((stop - start) * step.signum() + step.abs() - 1).max(0) / step.abs();
                hashing::range(hashing::int(length), length as usize, hashing::int(start), hashing::int(step))
            }
            "slice" => tuple(&mut case.args.iter().map(|n| hash_of(n))).finish_slice(),
            name => panic!("{name}"),
        };
        hash.to_string()
    });
    assert!(hashing::float(f64::NAN).is_none() && BigInt::from(1).is_positive());
}

#[test]
fn random_numbers() {
    check("mersenne", include_str!("golden/mersenne.txt"), |case| {
        let mut generator = MersenneTwister::from_seed(&big(case.args[0]));
        let mut shown = vec![float::repr(generator.random()), float::repr(generator.random())];
        shown.extend([1, 32, 33, 64].map(|count| generator.bits_u64(count).to_string()));
        shown.extend([100, 512].map(|count| super::numbers::shown(&generator.bits(count).into())));
        shown.push(float::repr((0..2000).map(|_| generator.random()).last().unwrap()));
        let (words, next) = generator.state();
        shown.extend(words[..3].iter().map(u32::to_string));
        shown.push(next.to_string());
        shown.join("|")
    });
}

#[test]
fn math_functions() {
    check("math", include_str!("golden/math.txt"), |case| {
        let x = || case.parse::<f64>(0);
        let y = || case.parse::<f64>(1);
        let list = |index: usize| {
            let items = case.args[index].split('|').filter(|item| !item.is_empty());
            items.map(|item| item.parse::<f64>().unwrap()).collect::<Vec<_>>()
        };
        let elementary = |function: fn(f64) -> math::MathResult| outcome(function(x()), float::repr);
        let nearly = |function: fn(f64) -> math::MathResult| {
            outcome(function(x()), |x| float::spell(x, Style::new(Notation::General, 14)))
        };
        let pair = |(a, b): (f64, f64)| format!("{}|{}", float::repr(a), float::repr(b));
        let base = if case.name.ends_with("10") {
            Base::Ten
        } else if case.name.ends_with('2') {
            Base::Two
        } else {
            Base::E
        };
        match case.name {
            "sqrt" => elementary(math::sqrt),
            "cbrt" => nearly(math::cbrt),
            "exp" => elementary(math::exp),
            "exp2" => elementary(math::exp2),
            "expm1" => elementary(math::expm1),
            "log1p" => elementary(math::log1p),
            "sin" => elementary(math::sin),
            "cos" => elementary(math::cos),
            "tan" => elementary(math::tan),
            "asin" => elementary(math::asin),
            "acos" => elementary(math::acos),
            "atan" => elementary(math::atan),
            "sinh" => elementary(math::sinh),
            "cosh" => elementary(math::cosh),
            "tanh" => elementary(math::tanh),
            "asinh" => elementary(math::asinh),
            "acosh" => elementary(math::acosh),
            "atanh" => elementary(math::atanh),
            "erf" => nearly(math::erf),
            "erfc" => nearly(math::erfc),
            "gamma" => elementary(math::gamma),
            "lgamma" => elementary(math::lgamma),
            "log" | "log2" | "log10" => outcome(math::log(x(), base), float::repr),
            "int_log" | "int_log2" | "int_log10" => outcome(math::log_int(&big(case.args[0]), base), float::repr),
            "ulp" => float::repr(math::ulp(x())),
            "frexp" => {
                let (fraction, exponent) = math::frexp(x());
                format!("{}|{exponent}", float::repr(fraction))
            }
            "modf" => pair(math::modf(x())),
            "floor" => outcome(math::floor(x()), shown_int),
            "ceil" => outcome(math::ceil(x()), shown_int),
            "pow" => outcome(math::pow(x(), y()), float::repr),
            "fmod" => outcome(math::fmod(x(), y()), float::repr),
            "remainder" => outcome(math::remainder(x(), y()), float::repr),
            "atan2" => float::repr(x().atan2(y())),
            "isclose" => outcome(math::is_close(x(), y(), 1e-9, 0.0), truth),
            "nextafter" => float::repr(math::next_after(x(), y(), case.parse(2))),
            "fma" => outcome(math::fma(x(), y(), case.parse(2)), float::repr),
            "ldexp" => outcome(math::ldexp(x(), case.parse(1)), float::repr),
            "fsum" => outcome(math::fsum(list(0)), float::repr),
            "sum" => {
                let mut sum = math::Sum::new(0.0);
                list(0).into_iter().for_each(|x| sum.add(x));
                float::repr(sum.value())
            }
            "hypot" => float::repr(math::hypot(&list(0))),
            "sumprod" => float::repr(math::sum_product(list(0).into_iter().zip(list(1))).unwrap()),
            "factorial" => outcome(math::factorial(&big(case.args[0])), |n| shown(&n)),
            "comb" => outcome(math::comb(&big(case.args[0]), &big(case.args[1])), |n| shown(&n)),
            "perm" => outcome(math::perm(&big(case.args[0]), &big(case.args[1])), |n| shown(&n)),
            name => panic!("{name}"),
        }
    });
}

#[test]
fn complex_numbers() {
    check("complex", include_str!("golden/complex.txt"), |case| {
        if case.name == "parse" {
            return outcome(complex::parse(&case.text(0)), complex::repr);
        }
        let z = complex::complex(case.parse(0), case.parse(1));
        let w = || complex::complex(case.parse(2), case.parse(3));
        match case.name {
            "repr" => complex::repr(z),
            "mul" => complex::repr(complex::mul(z, w())),
            "div" => outcome(complex::div(z, w()), complex::repr),
            "pow" => outcome(complex::pow(z, w()), complex::repr),
            "abs" => outcome(complex::abs(z), float::repr),
            "exp" => outcome(complex::exp(z), complex::repr),
            "log" => outcome(complex::log(z), complex::repr),
            "log10" => outcome(complex::log10(z), complex::repr),
            "sqrt" => complex::repr(complex::sqrt(z)),
            "cosh" => outcome(complex::cosh(z), complex::repr),
            "sinh" => outcome(complex::sinh(z), complex::repr),
            "tanh" => complex::repr(complex::tanh(z)),
            "cos" => outcome(complex::cos(z), complex::repr),
            "sin" => outcome(complex::sin(z), complex::repr),
            "tan" => complex::repr(complex::tan(z)),
            "acos" => complex::repr(complex::acos(z)),
            "acosh" => complex::repr(complex::acosh(z)),
            "asinh" => complex::repr(complex::asinh(z)),
            "asin" => complex::repr(complex::asin(z)),
            "atanh" => outcome(complex::atanh(z), complex::repr),
            "atan" => outcome(complex::atan(z), complex::repr),
            name => panic!("{name}"),
        }
    });
}
