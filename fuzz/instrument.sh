#!/bin/sh
# Compiles one crate for `cargo xtask fuzz` (RUSTC_WRAPPER): ours with the instrumentation that TANDEM_SANCOV holds,
# others as they are. What a crate is, its folder says; without `--target` it is for a build script, which has no fuzzer.
case "$CARGO_MANIFEST_DIR $*" in
*/registry/src/*" "*"--crate-name"*) exec "$@" ;;
*" --target "*) exec "$@" $TANDEM_SANCOV ;;
*) exec "$@" ;;
esac
