//! The Mersenne Twister MT19937, the generator behind `random`.
//!
//! Seeded and read as CPython does it, so that `random.seed(42)` is followed by the same numbers there and here.
//!
//! Source: M. Matsumoto and T. Nishimura, "Mersenne Twister: A 623-dimensionally equidistributed uniform pseudorandom number
//! generator" (1998), with the 2002 initialisation; Standard Library "random".

use num_bigint::{BigInt, BigUint};

/// Words of state.
pub const WORDS: usize = 624;
const MIDDLE: usize = 397;

/// The generator's state.
#[derive(Clone)]
pub struct MersenneTwister {
    words: [u32; WORDS],
    /// The next word to hand out; `WORDS` when all are used.
    next: usize,
}

impl std::fmt::Debug for MersenneTwister {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MersenneTwister").field("next", &self.next).finish_non_exhaustive()
    }
}

impl MersenneTwister {
    /// Seeds from an integer; its sign does not count.
    ///
    /// ```
    /// let mut generator = coil::text::mersenne::MersenneTwister::from_seed(&42.into());
    /// assert_eq!(generator.random(), 0.6394267984578837);
    /// ```
    pub fn from_seed(seed: &BigInt) -> Self {
        let mut key = seed.magnitude().to_u32_digits();
        if key.is_empty() {
            key.push(0);
        }
        Self::from_key(&key)
    }

    fn from_number(seed: u32) -> Self {
        let mut words = [seed; WORDS];
        for i in 1..WORDS {
            let previous = words[i - 1];
            words[i] = (previous ^ previous >> 30).wrapping_mul(1_812_433_253).wrapping_add(i as u32);
        }
        Self { words, next: WORDS }
    }

    /// Seeds from words, of which there is at least one.
    fn from_key(key: &[u32]) -> Self {
        let mut state = Self::from_number(19_650_218);
        let words = &mut state.words;
        let mut i = 1;
        let advance = |i: usize, words: &mut [u32; WORDS]| {
            if i + 1 < WORDS {
                return i + 1;
            }
            words[0] = words[WORDS - 1];
            1
        };
        for step in 0..WORDS.max(key.len()) {
            let previous = words[i - 1];
            let j = step % key.len();
            let mixed = words[i] ^ (previous ^ previous >> 30).wrapping_mul(1_664_525);
            words[i] = mixed.wrapping_add(key[j]).wrapping_add(j as u32);
            i = advance(i, words);
        }
        for _ in 1..WORDS {
            let previous = words[i - 1];
            let mixed = words[i] ^ (previous ^ previous >> 30).wrapping_mul(1_566_083_941);
            words[i] = mixed.wrapping_sub(i as u32);
            i = advance(i, words);
        }
        words[0] = 0x8000_0000;
        state
    }

    /// The state as `getstate` lists it: the words, and the index of the next one.
    pub const fn state(&self) -> (&[u32; WORDS], usize) {
        (&self.words, self.next)
    }

    /// Restores what [`state`](Self::state) gave; `None` if the index is out of range.
    pub fn from_state(words: [u32; WORDS], next: usize) -> Option<Self> {
        (next <= WORDS).then_some(Self { words, next })
    }

    /// The next 32 bits.
    pub fn next_u32(&mut self) -> u32 {
        if self.next >= WORDS {
            for i in 0..WORDS {
                let mixed = self.words[i] & 0x8000_0000 | self.words[(i + 1) % WORDS] & 0x7fff_ffff;
                let twist = if mixed & 1 == 1 { 0x9908_b0df } else { 0 };
                self.words[i] = self.words[(i + MIDDLE) % WORDS] ^ mixed >> 1 ^ twist;
            }
            self.next = 0;
        }
        let mut y = self.words[self.next];
        self.next += 1;
        y ^= y >> 11;
        y ^= y << 7 & 0x9d2c_5680;
        y ^= y << 15 & 0xefc6_0000;
        y ^ y >> 18
    }

    /// The next float in [0, 1), with 53 random bits.
    pub fn random(&mut self) -> f64 {
        let (high, low) = (self.next_u32() >> 5, self.next_u32() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// The next `count` bits, at most 64, as a number: `getrandbits`.
    pub fn bits_u64(&mut self, count: u32) -> u64 {
        match count {
            0 => 0,
            1..=32 => u64::from(self.next_u32() >> (32 - count)),
            _ => {
                let low = u64::from(self.next_u32());
                low | u64::from(self.next_u32() >> (64 - count.min(64))) << 32
            }
        }
    }

    /// The next `count` bits as a number: `getrandbits`.
    pub fn bits(&mut self, count: u64) -> BigUint {
        let mut left = count;
        let mut digits = Vec::new();
        while left > 0 {
            let word = self.next_u32();
            digits.push(if left < 32 { word >> (32 - left) } else { word });
            left = left.saturating_sub(32);
        }
        BigUint::new(digits)
    }
}
