//! The generator takes minutes to build, and nobody who uses the crates builds it.

use bench::build_time::{CONSUMED, generator_crates};

#[test]
fn no_consumer_builds_the_generator() {
    for package in CONSUMED {
        assert_eq!(generator_crates(package).expect("a tree"), 0, "{package}");
    }
    assert!(generator_crates("codegen").expect("a tree") > 3);
}
