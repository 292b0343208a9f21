#!/usr/bin/env bash
# Packs everything that gpu-check.sh needs for a machine with a device but without Java, Maven or network:
# a small Java 17, the jars, the tests, the scripts.
#   backend-cuda/bundle.sh                 target/recur4j-gpu-check.tar.xz, below 60 MB
#   backend-cuda/bundle.sh --jars FOLDER   the jars alone, for a machine that has Java
# Needs Maven, and a JDK 17 with its jmods (JAVA_HOME, or in one of the usual folders).
set -euo pipefail

module=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=${module%/*}
most=$((60 * 1000 * 1000))

fail() {
  echo "bundle.sh: $*" >&2
  exit 1
}

# What the check runs on; jdk.incubator.vector for the processor's fast path beside which the device stands.
modules=java.base,java.desktop,java.logging,java.management,java.xml,jdk.management,jdk.unsupported,jdk.incubator.vector

jars() { # folder
  local to=$1 built name classes jcuda junit
  mkdir -p "$to"
  command -v mvn >/dev/null || fail "mvn is not on the PATH; install Maven 3.8 or newer."
  # What runs is every module's classes, and of the tests the kit's and this module's alone.
  (cd "$root" && mvn -q -B -ntp -pl backend-cuda -am test-compile -Dspotless.check.skip=true &&
    mvn -q -B -ntp -pl examples -am process-classes -Dspotless.check.skip=true) >&2
  for name in api models backend-ejml backend-cuda examples; do
    classes=$root/$name/target/classes
    "$java_home/bin/jar" --create --no-manifest --file "$to/recur4j-$name.jar" -C "$classes" .
  done
  "$java_home/bin/jar" --create --no-manifest --file "$to/recur4j-conformance.jar" -C "$root/api/target/test-classes" org/recur4j/conformance
  "$java_home/bin/jar" --create --no-manifest --file "$to/recur4j-backend-cuda-tests.jar" -C "$module/target/test-classes" .
  # Another backend's mathematics and its natives have no part in this.
  for built in "$root"/examples/target/lib/*.jar; do
    case ${built##*/} in
      nd4j* | javacpp* | openblas* | mkl* | *-linux-* | *-windows-* | *-macosx-*) ;;
      *) cp "$built" "$to/" ;;
    esac
  done
  jcuda=$(sed -n 's:.*<jcuda.version>\(.*\)</jcuda.version>.*:\1:p' "$root/pom.xml")
  junit=$(sed -n 's:.*<junit.version>\(.*\)</junit.version>.*:\1:p' "$root/pom.xml")
  for name in "org.jcuda:jcuda:$jcuda" "org.jcuda:jcuda-natives:$jcuda:jar:linux-x86_64" \
    "org.jcuda:jcublas:$jcuda" "org.jcuda:jcublas-natives:$jcuda:jar:linux-x86_64" \
    "org.junit.platform:junit-platform-console-standalone:$junit"; do
    (cd "$root" && mvn -q -B -ntp -N dependency:copy "-Dartifact=$name" "-DoutputDirectory=$to") >&2
  done
}

jdk17() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [[ -x $home/bin/jlink && -d $home/jmods ]] && grep -q '^JAVA_VERSION="17[.".]' "$home/release"; then
      echo "$home"
      return
    fi
  done
}

java_home=$(jdk17)
[[ -n $java_home ]] || fail "no JDK 17 with jlink and jmods in JAVA_HOME or /usr/lib/jvm; install one."

if [[ ${1:-} == --jars ]]; then
  [[ $# == 2 ]] || fail "--jars wants a folder."
  jars "$2"
  exit
fi
[[ $# == 0 ]] || fail "'$1' is no option; there is --jars FOLDER."

name=recur4j-gpu-check
work=$module/target/$name
rm -rf "$work"
mkdir -p "$work"
jars "$work/lib"
"$java_home/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
  --vm server --output "$work/jre"
# The symbols are half of it; without binutils it stays larger.
if command -v strip >/dev/null; then
  find "$work/jre/lib" -name '*.so' -exec strip --strip-unneeded {} +
fi
cp "$module/gpu-check.sh" "$module/MEASUREMENTS.md" "$work/"
cp -R "$module/gpu-check" "$work/"
if [[ -d $root/../shared/conformance ]]; then
  mkdir -p "$work/conformance"
  cp -R "$root/../shared/conformance/." "$work/conformance/"
fi
{
  echo "commit $(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)$(git -C "$root" diff --quiet HEAD 2>/dev/null || echo ', with changes')"
  echo "packed $(date -u '+%F %H:%M') UTC"
} >"$work/about.txt"

archive=$module/target/$name.tar.xz
tar -C "$module/target" --owner=0 --group=0 --numeric-owner -cf - "$name" | xz -6 -T0 >"$archive"
size=$(stat -c %s "$archive")
printf '%s: %d.%d MB; unpacked: %s\n' "$archive" $((size / 1000000)) $((size / 100000 % 10)) "$(du -sh "$work" | cut -f 1)"
du -sh "$work"/* | sed 's/^/  /'
glibc=$(find "$work/jre" -name '*.so' -exec grep -aoE 'GLIBC_2\.[0-9]+' {} + | grep -oE '2\.[0-9]+' | sort -uV | tail -n 1)
echo "  needs x86-64 Linux with glibc $glibc or newer; there: tar -xJf $name.tar.xz && $name/gpu-check.sh"
[[ $size -lt $most ]] || fail "the archive has $size bytes, more than $most."
