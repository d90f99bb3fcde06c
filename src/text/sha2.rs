//! SHA-256 and SHA-512, by which `random.seed` turns texts into seeds.
//!
//! The constants are the first bits of the fractions of roots of the first primes; they are computed, not listed. Those of
//! SHA-256 are the upper halves of those of SHA-512.
//!
//! Source: FIPS 180-4, "Secure Hash Standard" (2015).

use std::sync::OnceLock;

use num_bigint::BigUint;

struct Constants {
    /// Fractions of the cube roots of the first 80 primes.
    rounds: [u64; 80],
    /// Fractions of the square roots of the first 8 primes.
    start: [u64; 8],
}

fn constants() -> &'static Constants {
    static CONSTANTS: OnceLock<Constants> = OnceLock::new();
    CONSTANTS.get_or_init(|| {
        let primes: Vec<u32> = (2..410).filter(|n| (2..*n).all(|divisor| n % divisor != 0)).collect();
        // The root of p * 2**(64 * degree) has 64 bits of fraction.
        let fraction = |prime: u32, degree: u32| {
            let root: BigUint = (BigUint::from(prime) << (64 * degree)).nth_root(degree);
            root.iter_u64_digits().next().unwrap_or_default()
        };
        let mut constants = Constants { rounds: [0; 80], start: [0; 8] };
        for (constant, prime) in constants.rounds.iter_mut().zip(&primes) {
            *constant = fraction(*prime, 3);
        }
        for (constant, prime) in constants.start.iter_mut().zip(&primes) {
            *constant = fraction(*prime, 2);
        }
        constants
    })
}

macro_rules! digest {
    ($(#[$doc:meta])* $name:ident, $word:ty, $bytes:literal, $block:literal, $rounds:literal, $shift:literal,
     [$a1:literal, $a2:literal, $a3:literal], [$e1:literal, $e2:literal, $e3:literal],
     [$s1:literal, $s2:literal, $s3:literal], [$t1:literal, $t2:literal, $t3:literal]) => {
        $(#[$doc])*
        pub fn $name(message: &[u8]) -> Vec<u8> {
            let constants = constants();
            let mut state = constants.start.map(|word| (word >> $shift) as $word);
            for block in pad(message, $block, $bytes * 2).chunks($block) {
                let mut words: Vec<$word> = block
                    .chunks($bytes)
                    .map(|bytes| bytes.iter().fold(0, |word, byte| word << 8 | <$word>::from(*byte)))
                    .collect();
                for i in 16..$rounds {
                    let (x, y) = (words[i - 15], words[i - 2]);
                    let small = x.rotate_right($s1) ^ x.rotate_right($s2) ^ x >> $s3;
                    let large = y.rotate_right($t1) ^ y.rotate_right($t2) ^ y >> $t3;
                    words.push(words[i - 16].wrapping_add(small).wrapping_add(words[i - 7]).wrapping_add(large));
                }
                let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
                for (word, constant) in words.iter().zip(&constants.rounds) {
                    let mixed = e.rotate_right($e1) ^ e.rotate_right($e2) ^ e.rotate_right($e3);
                    let first = h
                        .wrapping_add(mixed)
                        .wrapping_add(e & f ^ !e & g)
                        .wrapping_add((constant >> $shift) as $word)
                        .wrapping_add(*word);
                    let mixed = a.rotate_right($a1) ^ a.rotate_right($a2) ^ a.rotate_right($a3);
                    let second = mixed.wrapping_add(a & b ^ a & c ^ b & c);
                    (h, g, f, e) = (g, f, e, d.wrapping_add(first));
                    (d, c, b, a) = (c, b, a, first.wrapping_add(second));
                }
                for (word, more) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
                    *word = word.wrapping_add(more);
                }
            }
            state.iter().flat_map(|word| word.to_be_bytes()).collect()
        }
    };
}

/// The message, a one bit, zeros, and its length in bits in the last `length` bytes of a whole block.
fn pad(message: &[u8], block: usize, length: usize) -> Vec<u8> {
    let mut bytes = message.to_vec();
    bytes.push(0x80);
    bytes.resize((bytes.len() + length).next_multiple_of(block) - 8, 0);
    bytes.extend((message.len() as u64 * 8).to_be_bytes());
    bytes
}

digest! {
    /// SHA-256.
    ///
    /// ```
    /// assert_eq!(coil::text::sha2::sha256(b"abc")[..4], [0xba, 0x78, 0x16, 0xbf]);
    /// ```
    sha256, u32, 4, 64, 64, 32, [2, 13, 22], [6, 11, 25], [7, 18, 3], [17, 19, 10]
}

digest! {
    /// SHA-512.
    ///
    /// ```
    /// assert_eq!(coil::text::sha2::sha512(b"abc")[..4], [0xdd, 0xaf, 0x35, 0xa1]);
    /// ```
    sha512, u64, 8, 128, 80, 0, [28, 34, 39], [14, 18, 41], [1, 8, 7], [19, 61, 6]
}
