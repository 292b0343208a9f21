#!/usr/bin/env bash
# Checks and times the CUDA backend on a machine with an NVIDIA device, beside PyTorch (cuDNN) on the same device.
#   backend-cuda/gpu-check.sh [--steps LIST] [--shapes PATTERN] [--seconds N] [--out FOLDER] [--backend NAME]
# Steps, all of them unless chosen, in this order:
#   probe        Java starts, JCuda loads, the backend says what it found
#   conformance  every case of the conformance kit, on the device; again with cuBLAS where it loads
#   sanitizer    memcheck, racecheck, initcheck over the kit's kernels and published values
#   ceilings     what the device can do (nvcc), the backend's products and copies, its own and those of
#                products=cublas, and PyTorch's
#   layers       the recurrent layers of gpu-check/shapes.tsv on the backend, with both engines for products
#   torch        the same layers in PyTorch
#   steps        whole training steps: W1 to W7 as './recur4j bench' times them
#   table        a table of what lies in the folder, and rows for MEASUREMENTS.md
# A step may be run later into the same folder. --seconds limits each step; what it wrote until then counts.
# Runs in a checkout (needs Java 17 and Maven) and in the bundle that bundle.sh packs (needs neither). What
# cannot run here is listed at the end with its reason. Ends with 0 only if everything asked for ran and passed,
# with 4 if something could not run, with 1 if something failed.
set -uo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
steps=probe,conformance,sanitizer,ceilings,layers,torch,steps,table
shapes='.*'
seconds=3600
out=
backend=cuda
# The largest shapes have two gigabytes in one array.
heap=8g

usage() {
  sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
}
while [[ $# -gt 0 ]]; do
  case $1 in
    --help) usage; exit ;;
    --steps | --shapes | --seconds | --out | --backend)
      [[ $# -ge 2 ]] || { echo "gpu-check.sh: $1 wants a value; --help shows them." >&2; exit 2; }
      printf -v "${1#--}" %s "$2"
      shift 2
      ;;
    *) echo "gpu-check.sh: '$1' is no option; --help shows them." >&2; exit 2 ;;
  esac
done
for step in ${steps//,/ }; do
  case $step in
    probe | conformance | sanitizer | ceilings | layers | torch | steps | table) ;;
    *) echo "gpu-check.sh: '$step' is no step; --help shows them." >&2; exit 2 ;;
  esac
done

if [[ -d $here/jre ]]; then
  java=$here/jre/bin/java
  lib=$here/lib
  vectors=$here/conformance
  commit=$(sed -n 's/^commit //p' "$here/about.txt")
  out=${out:-$PWD/gpu-check-results}
else
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  lib=$here/target/gpu-check-lib
  vectors=$here/../../shared/conformance
  commit=$(git -C "$here" rev-parse --short HEAD 2>/dev/null || echo unknown)$(git -C "$here" diff --quiet HEAD 2>/dev/null || echo ', with changes')
  out=${out:-$here/target/gpu-check-results}
  if [[ $steps != table ]]; then
    rm -rf "$lib"
    "$here/bundle.sh" --jars "$lib" || { echo "gpu-check.sh: the jars could not be built" >&2; exit 1; }
  fi
fi
mkdir -p "$out"
out=$(CDPATH='' cd -- "$out" && pwd -P)
measurements=$here/MEASUREMENTS.md

notes=()
failures=()
not_run() {
  notes+=("$1: not run: $2")
  echo "$1: not run: $2"
}
failed() {
  failures+=("$1: FAILED: $2")
  echo "$1: FAILED: $2"
}
wanted() { [[ ,$steps, == *",$1,"* ]]; }

# Runs a command under the limit of a step; what it prints goes to a file and to the screen.
limited() { # file, command...
  local file=$1
  shift
  timeout --kill-after=20 "$seconds" "$@" 2>&1 | tee "$file"
  return "${PIPESTATUS[0]}"
}
ours() { # command of GpuCheck, file, further arguments...
  local command=$1 file=$2
  shift 2
  limited "$file" "$java" -Xmx"$heap" -cp "$lib/*" org.recur4j.backend.cuda.gpucheck.GpuCheck \
    "$command" "$backend${setting:+:$setting}" "$@"
}
with_cublas() { # command of GpuCheck, file, further arguments...
  local setting=products=cublas
  ours "$@"
}
conclude() { # step, code, file
  case $2 in
    0) ;;
    4) not_run "$1" "$(tail -n 1 "$3")" ;;
    124 | 137) not_run "$1" "stopped after $seconds s; what it wrote until then counts" ;;
    *) failed "$1" "ended with $2, see $3" ;;
  esac
}

heading() { printf '\n=== %s\n' "$*"; }

available=
cublas=
probe() {
  heading "probe"
  {
    "$java" -version 2>&1 | head -n 1
    if command -v nvidia-smi >/dev/null; then
      nvidia-smi --query-gpu=name,driver_version,memory.total,compute_cap --format=csv,noheader
    else
      echo "nvidia-smi: not on the PATH"
    fi
    nvcc --version 2>/dev/null | sed -n 's/^Cuda compilation tools, /nvcc: /p'
    python3 -c 'import torch; print("PyTorch", torch.__version__, "CUDA", torch.version.cuda)' 2>/dev/null || echo "PyTorch: none for this python3"
  } | tee "$out/machine.txt"
  # JCuda unpacks to a fixed name; in a folder of our own nobody else's file is loaded.
  mkdir -p "$out/natives"
  limited "$out/natives.txt" "$java" "-Djava.io.tmpdir=$out/natives" -cp "$lib/*" \
    org.recur4j.backend.cuda.gpucheck.GpuCheck natives || failed natives "JCuda does not load, see $out/natives.txt"
  rm -rf "$out/natives"
  ours probe "$out/probe-$backend.txt"
  local code=$?
  [[ $code == 0 ]] && available=yes
  if wanted probe; then conclude probe "$code" "$out/probe-$backend.txt"; fi
  [[ $backend == cuda ]] || return
  if [[ -z $available ]]; then
    not_run "products=cublas" "the backend $backend is not available here"
    return
  fi
  with_cublas probe "$out/probe-cublas.txt"
  code=$?
  [[ $code == 0 ]] && cublas=yes
  conclude "products=cublas" "$code" "$out/probe-cublas.txt"
}

kit() { # file, further arguments of JUnit's launcher
  local file=$1
  shift
  limited "$file" ${sanitizer:+"${sanitizer[@]}"} "$java" -Xmx4g "-Drecur4j.conformanceDir=$vectors" -jar \
    "$(ls "$lib"/junit-platform-console-standalone-*.jar)" execute --class-path "$(echo "$lib"/*.jar | tr ' ' :)" \
    --disable-banner --disable-ansi-colors --details summary "$@"
}

conformance_of() { # test class, title, file
  local sanitizer=()
  kit "$3" --select-class "org.recur4j.backend.cuda.$1" --fail-if-no-tests
  conclude "$2" $? "$3"
  grep -qE '[1-9][0-9]* tests successful' "$3" || failed "$2" "no case passed, see $3"
}

conformance() {
  heading "conformance on the device"
  conformance_of CudaDeviceTest conformance "$out/conformance.log"
  if [[ -n $cublas ]]; then
    conformance_of CublasDeviceTest "conformance with cuBLAS" "$out/conformance-cublas.log"
  fi
}

sanitize() {
  heading "compute-sanitizer"
  if ! command -v compute-sanitizer >/dev/null; then
    not_run sanitizer "compute-sanitizer is not on the PATH; it comes with the CUDA toolkit"
    return
  fi
  local tool sanitizer
  for tool in memcheck racecheck initcheck; do
    sanitizer=(compute-sanitizer --tool "$tool" --target-processes all --error-exitcode 86)
    kit "$out/sanitizer-$tool.log" --fail-if-no-tests \
      --select-method 'org.recur4j.backend.cuda.CudaDeviceTest#kernels' \
      --select-method 'org.recur4j.backend.cuda.CudaDeviceTest#publishedValues' | tail -n 25
    conclude "sanitizer $tool" "${PIPESTATUS[0]}" "$out/sanitizer-$tool.log"
    grep -q '^========= ERROR SUMMARY\|^========= RACECHECK SUMMARY' "$out/sanitizer-$tool.log" ||
      not_run "sanitizer $tool" "compute-sanitizer gave no summary, so it may not have seen the device"
  done
}

torch() { # step, file, arguments...
  local step=$1 file=$2
  shift 2
  limited "$file" python3 "$here/gpu-check/torch_layers.py" "$@"
  conclude "$step" $? "$file"
}

ceilings() {
  heading "ceilings"
  if command -v nvcc >/dev/null; then
    if nvcc -O3 -std=c++17 -arch=native -o "$out/ceilings" "$here/gpu-check/ceilings.cu" >"$out/ceilings.log" 2>&1; then
      limited "$out/ceilings-device.tsv" "$out/ceilings"
      conclude "ceilings of the device" $? "$out/ceilings-device.tsv"
    else
      failed "ceilings of the device" "nvcc does not compile gpu-check/ceilings.cu, see $out/ceilings.log"
    fi
  else
    not_run "ceilings of the device" "nvcc is not on the PATH"
  fi
  if [[ -n $available ]]; then
    ours ceilings "$out/ceilings-recur4j.tsv"
    conclude "ceilings of the backend" $? "$out/ceilings-recur4j.tsv"
  fi
  if [[ -n $cublas ]]; then
    with_cublas ceilings "$out/ceilings-cublas.tsv"
    conclude "ceilings with cuBLAS" $? "$out/ceilings-cublas.tsv"
  fi
  torch "ceilings of PyTorch" "$out/ceilings-torch.tsv" ceilings
}

layers() {
  heading "layers on the backend $backend"
  ours layers "$out/layers-$backend.tsv" "$here/gpu-check/shapes.tsv" "$shapes"
  conclude layers $? "$out/layers-$backend.tsv"
  if [[ -n $cublas ]]; then
    with_cublas layers "$out/layers-cublas.tsv" "$here/gpu-check/shapes.tsv" "$shapes"
    conclude "layers with cuBLAS" $? "$out/layers-cublas.tsv"
  fi
}

training_steps() {
  heading "training steps"
  limited "$out/steps-$backend.txt" "$java" -Xmx4g --add-modules jdk.incubator.vector -Djava.awt.headless=true -cp "$lib/*" \
    org.recur4j.examples.Main bench --backend "$backend"
  conclude steps $? "$out/steps-$backend.txt"
  torch "steps in PyTorch" "$out/steps-torch.tsv" steps
}

# What the rule for the default of the setting 'products' asks, see docs/decisions/0009-cuda.md.
engines() {
  local precision column
  for precision in fp32:3 TF32:7; do
    column=${precision#*:}
    awk -F '\t' -v precision="${precision%:*}" -v own="$column" '
      NR > 1 && $own + 0 > 0 && $(own + 1) + 0 > 0 {
        r = $own / $(own + 1)
        sum += log(r)
        if (!n++ || r < least) least = r
        if (r > most) most = r
      }
      END {
        if (n) printf "own kernels over products=cublas, %s: %d rows, geometric mean %.3f, from %.3f to %.3f\n", precision, n, exp(sum / n), least, most
        else printf "own kernels over products=cublas, %s: not measured\n", precision
      }' "$out/table.tsv"
  done
}

# Joins all sides on layer, pass and precision; a dash is what did not run.
table() {
  heading "table"
  local device driver
  if ! grep -qsE '^(layer|torch)\s.*\s[0-9.]+\s' "$out/layers-$backend.tsv" "$out/torch.tsv"; then
    not_run table "neither layers nor torch left rows in $out"
    return
  fi
  awk -F '\t' '
    $1 == "layer" || $1 == "cublas" || $1 == "torch" {
      key = $2 "\t" $3
      if (!(key in seen)) { seen[key] = 1; order[++count] = key }
      time[key, $1, $4] = $5
      if ($1 == "layer" && $4 == "fp32") engine[key] = $9
    }
    function ratio(theirs, mine) { return theirs + 0 > 0 && mine + 0 > 0 ? sprintf("%.2f", theirs / mine) : "-" }
    function shown(value) { return value == "" ? "-" : value }
    END {
      print "layer", "pass", "recur4j fp32", "cuBLAS fp32", "cuDNN fp32", "times", "recur4j TF32", "cuBLAS TF32", "cuDNN TF32", "times", "engine"
      for (i = 1; i <= count; i++) {
        k = order[i]
        a = time[k, "layer", "fp32"]; b = time[k, "torch", "fp32"]
        c = time[k, "layer", "tf32"]; d = time[k, "torch", "tf32"]
        print k, shown(a), shown(time[k, "cublas", "fp32"]), shown(b), ratio(b, a), \
          shown(c), shown(time[k, "cublas", "tf32"]), shown(d), ratio(d, c), substr(engine[k], 1, 60)
      }
    }' OFS='\t' <(cat "$out/layers-$backend.tsv" "$out"/layers-cublas.tsv "$out"/torch.tsv 2>/dev/null) >"$out/table.tsv"
  column -t -s $'\t' "$out/table.tsv" 2>/dev/null || cat "$out/table.tsv"
  if grep -qs '^peer=\|^step' "$out/steps-$backend.txt" "$out/steps-torch.tsv"; then
    awk '
      /^peer=/ && match($0, / workload=[^ ]*/) {
        name = substr($0, RSTART + 10, RLENGTH - 10)
        if (match($0, / median_ms=[^ ]*/)) mine[name] = substr($0, RSTART + 11, RLENGTH - 11)
      }
      $1 == "step" { theirs[$2, $3] = $4 }
      END {
        print "training step", "recur4j", "PyTorch fp32", "PyTorch TF32"
        count = split("W1 W2 W3 W4 W4L W7", names, " ")
        for (i = 1; i <= count; i++) {
          n = names[i]
          print n, n in mine ? mine[n] : "-", (n, "fp32") in theirs ? theirs[n, "fp32"] : "-", (n, "tf32") in theirs ? theirs[n, "tf32"] : "-"
        }
      }' OFS='\t' <(cat "$out/steps-$backend.txt" "$out"/steps-torch.tsv 2>/dev/null) >"$out/table-steps.tsv"
    echo
    column -t -s $'\t' "$out/table-steps.tsv" 2>/dev/null || cat "$out/table-steps.tsv"
  fi
  echo "(milliseconds; 'cuBLAS': this backend with products=cublas; 'times' above 1: our kernels are faster than cuDNN)"
  engines
  if [[ $backend != cuda || ! -s $out/probe-$backend.txt ]] || ! grep -q '^device ' "$out/probe-$backend.txt"; then
    not_run "rows for MEASUREMENTS.md" "the rows in $out are not the CUDA backend's on a device"
    return
  fi
  device=$(nvidia-smi --query-gpu=name --format=csv,noheader 2>/dev/null | head -n 1)
  driver=$(nvidia-smi --query-gpu=driver_version --format=csv,noheader 2>/dev/null | head -n 1)
  if [[ -z $device || -z $driver ]] || ! grep -qF "$device" "$out/probe-$backend.txt"; then
    not_run "rows for MEASUREMENTS.md" "nvidia-smi does not tell the device that the backend used, and its driver"
    return
  fi
  awk -F '\t' -v date="$(date -u +%F)" -v device="$device" -v driver="$driver" -v commit="$commit" '
    NR > 1 && $3 != "-" { print "| " date, device, driver, $1, $2, $3, $4, $5, $7, $8, $9, commit " |" }' OFS=' | ' \
    "$out/table.tsv" >"$out/rows.md"
  # With the first row, the sentence that there is none goes.
  if [[ -s $out/rows.md ]]; then
    sed -i '/^There is no row yet/,/^$/d' "$measurements"
    cat "$out/rows.md" >>"$measurements"
    cp "$measurements" "$out/MEASUREMENTS.md"
    echo "$(wc -l <"$out/rows.md") rows added to $measurements"
  else
    not_run "rows for MEASUREMENTS.md" "no layer was timed on the device"
  fi
}

echo "Recur4J gpu-check, commit $commit; results in $out"
if [[ $steps != table ]]; then probe; fi
for step in conformance sanitizer layers; do
  if wanted "$step" && [[ -z $available ]]; then
    not_run "$step" "the backend $backend is not available here"
    steps=${steps//$step/-}
  fi
done
if wanted conformance; then conformance; fi
if wanted sanitizer; then sanitize; fi
if wanted ceilings; then ceilings; fi
if wanted layers; then layers; fi
if wanted torch; then heading "layers in PyTorch"; torch torch "$out/torch.tsv" layers "$here/gpu-check/shapes.tsv" "$shapes"; fi
if wanted steps; then
  if [[ -n $available ]]; then training_steps; else not_run steps "the backend $backend is not available here"; fi
fi
if wanted table; then table; fi

heading "what did not run, and what failed"
printf '%s\n' ${notes[@]+"${notes[@]}"} ${failures[@]+"${failures[@]}"}
if [[ ${#failures[@]} -gt 0 ]]; then exit 1; fi
if [[ ${#notes[@]} -gt 0 ]]; then exit 4; fi
echo "nothing"
