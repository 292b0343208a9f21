#!/usr/bin/env bash
# Compiles the kernels to the PTX files that the backend ships, one for each kind of device, and checks that
# each assembles. Run it after every change in src/main/cuda and commit what it writes.
#   backend-cuda/ptx.sh [folder]      the folder is the backend's resources unless given
# Needs nvcc 13 and the host compiler that nvcc calls. The same sources and the same nvcc give the same bytes.
# Ends with 3 if a tool is missing and with 1 if something is wrong with the kernels.
set -euo pipefail
export LC_ALL=C

here=${BASH_SOURCE[0]}
[[ $here == */* ]] || here=./$here
module=$(CDPATH='' cd -- "${here%/*}" && pwd -P)
sources=$module/src/main/cuda
target=${1:-$module/src/main/resources/org/recur4j/backend/cuda}
architectures=(75 80 90)
# nvcc writes the newest instruction set, which asks for the newest driver; the kernels need no more than this.
isa=7.8
# Multiply-adds are fused where the sources say so and nowhere else, so that two kernels with one formula agree.
flags=(-std=c++17 -fmad=false -Werror all-warnings)

missing() { # what
  echo "ptx.sh: $1 is missing; the PTX files stay as they are. Install the CUDA toolkit 13 or put it on the PATH." >&2
  exit 3
}

command -v nvcc >/dev/null || missing nvcc
command -v gcc >/dev/null || missing "gcc, which nvcc calls,"
release=$(nvcc --version | sed -n 's/^Cuda compilation tools, //p')
[[ $release == "release 13."* ]] || missing "nvcc 13 (nvcc here is '$release')"
assembler=$(command -v nvcc)
assembler=${assembler%/*}/ptxas
[[ -x $assembler ]] || missing "ptxas, which comes with nvcc,"
[[ -f $sources/recur4j.cu ]] || { echo "ptx.sh: $sources/recur4j.cu is not there" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$target"

# One sum over the sources' names and sums, so that a renamed file counts too. PtxFile.java does the same.
cd "$sources"
digest=$(find . -type f \( -name '*.cu' -o -name '*.cuh' \) | sed 's|^\./||' | sort |
  while IFS= read -r file; do printf '%s  %s\n' "$(sha256sum <"$file" | cut -d ' ' -f 1)" "$file"; done |
  sha256sum | cut -d ' ' -f 1)

for sm in "${architectures[@]}"; do
  arguments=(-ptx "-arch=compute_$sm" "-DRECUR4J_SM=$sm" "${flags[@]}")
  # The compiler hashes the source's path into the names of what only that file sees, and the order of those
  # names even moves instructions; so it is told one path everywhere.
  nvcc "${arguments[@]}" -Xcicc --orig_src_path_name -Xcicc /recur4j.cu -o "$work/raw.ptx" recur4j.cu
  # Some reads and loops come out differently from run to run. What is shipped must not.
  nvcc "${arguments[@]}" -Xcicc --orig_src_path_name -Xcicc /recur4j.cu -o "$work/again.ptx" recur4j.cu
  if ! difference=$(diff "$work/raw.ptx" "$work/again.ptx"); then
    echo "ptx.sh: nvcc made two versions of the kernels for sm_$sm; the cause lay in wide reads that it merges" \
      "and splits before, see load4 in portable.cuh. The first difference:" >&2
    head -n 6 <<<"$difference" >&2
    exit 1
  fi
  wrote=$(sed -n 's/^\.version //p' "$work/raw.ptx")
  {
    echo "// Recur4J kernels, written by backend-cuda/ptx.sh; do not edit."
    echo "// sources: sha256 $digest"
    echo "// nvcc: $release"
    echo "// flags: ${arguments[*]}"
    echo "// PTX ISA: $isa, lowered from $wrote"
    # The mask says which part of a wide load somebody reads: a remark that changes nothing and asks for 8.3.
    sed -E -e "s/^\.version .*/.version $isa/" \
      -e '/^[[:space:]]*\.pragma "used_bytes_mask [0-9a-fx]+";$/d' "$work/raw.ptx"
  } >"$work/recur4j-sm$sm.ptx"
  # The assembler refuses what the lowered instruction set does not have.
  "$assembler" -arch="sm_$sm" -o "$work/cubin" "$work/recur4j-sm$sm.ptx" ||
    { echo "ptx.sh: the kernels for sm_$sm do not assemble as PTX ISA $isa" >&2; exit 1; }
  printf 'recur4j-sm%s.ptx: %s kernels, %s bytes\n' "$sm" \
    "$(grep -c '^\.visible \.entry' "$work/recur4j-sm$sm.ptx")" "$(stat -c %s "$work/recur4j-sm$sm.ptx")"
done

# All or nothing: files of two versions must not lie side by side.
for sm in "${architectures[@]}"; do mv "$work/recur4j-sm$sm.ptx" "$target/recur4j-sm$sm.ptx"; done
