//! Quick spellings of everyday numbers: ints of one machine word, and floats with few decimals.
//!
//! The general ways (`int.rs`, `float.rs`) find any number's digits exactly. Nearly all numbers that programs print are
//! small, and theirs come from a few machine operations. A function here either appends exactly what the general way would, or
//! says that it cannot.

/// The two digits of each number below 100.
const PAIRS: &[u8; 200] = b"0001020304050607080910111213141516171819\
2021222324252627282930313233343536373839\
4041424344454647484950515253545556575859\
6061626364656667686970717273747576777879\
8081828384858687888990919293949596979899";

const POWERS: [f64; 10] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
const WHOLE_POWERS: [u64; 10] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

/// Room for the decimal digits of any `u64`.
pub type Room = [u8; 20];

/// The decimal digits of a number.
///
/// ```
/// assert_eq!(coil::text::everyday::decimal(1203, &mut [0; 20]), "1203");
/// ```
pub fn decimal(number: u64, room: &mut Room) -> &str {
    let (mut at, mut rest) = (room.len(), number);
    while rest >= 100 {
        let pair = (rest % 100) as usize * 2;
        rest /= 100;
        at -= 2;
        room[at..at + 2].copy_from_slice(&PAIRS[pair..pair + 2]);
    }
    if rest >= 10 {
        at -= 2;
        room[at..at + 2].copy_from_slice(&PAIRS[rest as usize * 2..rest as usize * 2 + 2]);
    } else {
        at -= 1;
        room[at] = b'0' + rest as u8;
    }
    std::str::from_utf8(&room[at..]).unwrap_or_default()
}

/// Appends an int.
pub fn push_int(out: &mut String, number: i64) {
    if number < 0 {
        out.push('-');
    }
    out.push_str(decimal(number.unsigned_abs(), &mut [0; 20]));
}

/// Appends `repr(x)` if `x` has few decimals; otherwise appends nothing and returns false.
pub fn push_float(out: &mut String, x: f64) -> bool {
    let magnitude = x.abs();
    // Up to 9 digits before the point and 6 behind it: 15 digits, of which no two numbers read back as the same float, so
    // that the first one found is the shortest.
    if !(1e-4..1e9).contains(&magnitude) && magnitude != 0.0 {
        return false;
    }
    for (places, power) in POWERS.iter().enumerate().take(7) {
        let units = (magnitude * power + 0.5) as u64;
        // Both are exact, so the quotient is what the decimal number reads back as.
        if units as f64 / power == magnitude {
            push_units(out, x.is_sign_negative(), units, places, true);
            return true;
        }
    }
    false
}

/// Appends `x` with a fixed number of decimals; appends nothing and returns false when it takes more than machine
/// arithmetic to tell how to round.
pub fn push_fixed(out: &mut String, x: f64, places: usize) -> bool {
    let Some(power) = POWERS.get(places) else { return false };
    let scaled = x.abs() * power;
    // The product is off by less than 2**-13 then.
    if scaled.is_nan() || scaled >= (1u64 << 40) as f64 {
        return false;
    }
    let whole = scaled as u64;
    let part = scaled - whole as f64;
    if (part - 0.5).abs() < 1.0 / 2048.0 {
        return false;
    }
    push_units(out, x.is_sign_negative(), whole + u64::from(part > 0.5), places, false);
    true
}

fn push_units(out: &mut String, negative: bool, units: u64, places: usize, point_zero: bool) {
    if negative {
        out.push('-');
    }
    let mut room = [0; 20];
    if places == 0 {
        out.push_str(decimal(units, &mut room));
        if point_zero {
            out.push_str(".0");
        }
        return;
    }
    out.push_str(decimal(units / WHOLE_POWERS[places], &mut room));
    out.push('.');
    let fraction = decimal(units % WHOLE_POWERS[places], &mut room);
    out.push_str(&"000000000"[..places.saturating_sub(fraction.len())]);
    out.push_str(fraction);
}
