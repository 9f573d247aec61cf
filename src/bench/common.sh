# shellcheck shell=bash
# What the scripts here share; it is sourced. They need Linux, a JDK and, in a checkout, Maven.
set -euo pipefail

# The environment of a test is no user's: where it comes from must not change what is measured.
unset THALWEG_HEAP THALWEG_JAVA_OPTS THALWEG_CONFIG

# Where Maven itself runs on a JDK that will do, it looks for the Java of a program on the path alone.
[ -z "${JAVA_HOME:-}" ] || PATH=$JAVA_HOME/bin:$PATH

root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
thalweg=$root/thalweg
results=$root/target/bench
work=$(mktemp -d)
running=()

clean() {
  local pid
  for pid in "${running[@]}"; do
    kill "$pid" 2>/dev/null || true
  done
  wait
  rm -rf "$work"
}
trap clean EXIT
trap 'exit 130' INT TERM

say() {
  printf '%s\n' "$*" >&2
}

fail() {
  say "${0##*/}: $*"
  exit 2
}

# Reads --short and --repetitions N; what else there is stays in `arguments`. `repetitions` is what was
# given, else $1, or 1 of a short run.
options() {
  local usual=$1
  shift
  short=false
  repetitions=
  arguments=()
  while [ $# -gt 0 ]; do
    case $1 in
      --short) short=true ;;
      --repetitions)
        [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || fail "--repetitions needs a number from 1 on"
        repetitions=$2
        shift
        ;;
      -*) fail "no such option: $1" ;;
      *) arguments+=("$1") ;;
    esac
    shift
  done
  if [ -z "$repetitions" ]; then
    repetitions=$usual
    ! $short || repetitions=1
  fi
}

# Builds the program if need be, and learns which Java runs it and where it lies.
prepare() {
  local settings
  settings=$(THALWEG_JAVA_OPTS=-XshowSettings:properties "$thalweg" --version 2>&1) ||
    fail "the program does not start: $settings"
  java_home=$(sed -n 's/^ *java\.home = //p' <<<"$settings")
  thalweg_home=$(sed -n 's/^ *thalweg\.home = //p' <<<"$settings")
  mkdir -p "$results"
  [ -x "$java_home/bin/javac" ] || fail "needs a JDK; $java_home is none"
  "$java_home/bin/javac" -proc:none -d "$work/classes" -cp "$thalweg_home/lib/*" \
    "$root"/src/bench/java/io/thalweg/bench/tool/*.java
}

# Runs one of the programs in src/bench/java/…/tool.
tool() {
  local main=$1
  shift
  "$java_home/bin/java" -XX:+UseSerialGC -Xmx256m -cp "$work/classes:$thalweg_home/lib/*" \
    "io.thalweg.bench.tool.$main" "$@"
}

# A run of bench: its document goes to a file, its progress nowhere unless it fails.
bench() {
  local file=$1
  shift
  if ! "$thalweg" bench "$@" -o json >"$file" 2>"$work/bench.log"; then
    tail -n 20 "$work/bench.log" >&2
    return 1
  fi
}

revision() {
  local at
  at=$(git -C "$root" rev-parse --short HEAD 2>/dev/null) || at=unknown
  [ -z "$(git -C "$root" status --porcelain --untracked-files=no 2>/dev/null)" ] || at=$at-changed
  printf '%s\n' "$at"
}
