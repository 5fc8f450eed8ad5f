//! Bytes that are almost like other bytes.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::RngCore;

/// Numbers at which programs go wrong, as texts.
const NUMBERS: [&str; 12] = [
    "0",
    "-1",
    "1",
    "255",
    "65536",
    "4294967296",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "0.0000000001",
    "1e999",
];

/// Pieces of the formats that are read here.
const PIECES: [&str; 22] = [
    "null",
    "true",
    "[]",
    "{}",
    "[[[[[[[[",
    "\"",
    "'",
    ": ",
    "- ",
    "&a ",
    "*a",
    "!!binary ",
    "<<: ",
    "\n",
    "\t",
    "#",
    "|",
    "<",
    "()",
    ",",
    "TAO",
    "0x",
];

/// Bytes at which programs go wrong.
const BYTES: [u8; 8] = [0, 1, 3, 0x7f, 0x80, 0xfc, 0xfe, 0xff];

/// The longest input; more than this is refused by what stands before the parsers, or is only slow.
const LONGEST: usize = 1 << 20;

/// A mutation of one of `seeds`.
pub fn mutate(seeds: &[Vec<u8>], random: &mut ChaCha20Rng) -> Vec<u8> {
    let mut bytes = seeds.get(below(seeds.len(), random)).cloned().unwrap_or_default();
    for _ in 0..=below(4, random) {
        change(&mut bytes, seeds, random);
    }
    bytes.truncate(LONGEST);
    bytes
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut ChaCha20Rng) {
    let (start, end) = range(bytes.len(), random);
    match below(10, random) {
        0 => flip(bytes, start, random),
        1 => set(bytes, start, pick(&BYTES, random)),
        2 => drop(bytes.drain(start..end)),
        3 => {
            let again = bytes.get(start..end).unwrap_or_default().to_vec();
            bytes.splice(start..start, again);
        }
        4 => {
            let other = seeds.get(below(seeds.len(), random)).cloned().unwrap_or_default();
            let (from, to) = range(other.len(), random);
            bytes.splice(start..end, other.get(from..to).unwrap_or_default().iter().copied());
        }
        5 => {
            let noise: Vec<u8> = (0..below(33, random)).map(|_| random.next_u32().to_le_bytes()[0]).collect();
            bytes.splice(start..start, noise);
        }
        6 | 7 => number(bytes, start, random),
        8 => drop(bytes.splice(start..start, pick(&PIECES, random).bytes())),
        _ => bytes.truncate(start),
    }
}

fn flip(bytes: &mut [u8], place: usize, random: &mut ChaCha20Rng) {
    if let Some(byte) = bytes.get_mut(place) {
        *byte ^= 1 << below(8, random);
    }
}

fn set(bytes: &mut [u8], place: usize, value: u8) {
    if let Some(byte) = bytes.get_mut(place) {
        *byte = value;
    }
}

/// Puts another number where one stands at or after a place.
fn number(bytes: &mut Vec<u8>, from: usize, random: &mut ChaCha20Rng) {
    let digit = |byte: &u8| byte.is_ascii_digit();
    let rest = bytes.get(from..).unwrap_or_default();
    let Some(start) = rest.iter().position(digit) else { return };
    let length = rest.iter().skip(start).take_while(|byte| digit(byte)).count();
    bytes.splice(from + start..from + start + length, pick(&NUMBERS, random).bytes());
}

/// A range within so many bytes, mostly a short one.
fn range(length: usize, random: &mut ChaCha20Rng) -> (usize, usize) {
    let start = below(length + 1, random);
    let longest = if random.next_u32().is_multiple_of(4) { length } else { 16 };
    (start, (start + below(longest + 1, random)).min(length))
}

fn pick<T: Copy>(among: &[T], random: &mut ChaCha20Rng) -> T {
    among[below(among.len(), random)]
}

fn below(bound: usize, random: &mut ChaCha20Rng) -> usize {
    usize::try_from(random.next_u64() % u64::try_from(bound.max(1)).unwrap()).unwrap()
}
