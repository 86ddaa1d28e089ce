//! A short number for some bytes, the same in every version of this crate.

/// FNV-1a, and the end of SplitMix64, so that numbers of ids that differ in their
/// last letter can be added up.
pub(crate) fn fingerprint(bytes: &[u8]) -> u64 {
    let hash = bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    });
    let hash: u64 = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens of other versions have it in them.
    #[test]
    fn it_stays_the_same() {
        assert_eq!(fingerprint(b""), 0xF52A_15E9_A9B5_E89B);
        assert_eq!(fingerprint(b"a"), 0x02C0_BDBF_4814_20F8);
    }
}
