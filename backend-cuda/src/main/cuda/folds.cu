// Folds over any set of axes, arg max, and the two scalar sums of a training step. Sums are in double precision
// and in an order that shapes alone decide.
#include "portable.cuh"

// The numbers are those of KernelCodes.java.
enum Reduction { SUM, MEAN, LARGEST };

// The axes of x that stay and those that are folded; strides are x's, in elements.
struct FoldArgs {
  const float* x;
  float* y;
  int reduction;
  float beta;  // y = beta y + fold; with 0 the old y is not read
  unsigned kept;    // elements of y
  unsigned folded;  // elements of x per element of y
  int keptRank;
  int foldedRank;
  unsigned keptExtents[8];
  unsigned keptStrides[8];
  unsigned foldedExtents[8];
  unsigned foldedStrides[8];
};

static __device__ __forceinline__ unsigned standsAt(unsigned i, int rank, const unsigned* extents, const unsigned* strides) {
  unsigned at = 0;
  for (int axis = rank - 1; axis > 0; axis--) {
    unsigned rest = i / extents[axis];
    at += (i - rest * extents[axis]) * strides[axis];
    i = rest;
  }
  return at + i * strides[0];
}

static __device__ __forceinline__ double larger(double a, double b) { return isnan(a) || a > b ? a : b; }

// COLUMNS elements of y per block, SLICES threads for each; the slices are then joined in ascending order.
template <int COLUMNS, int SLICES>
static __device__ __forceinline__ void fold(const FoldArgs& args) {
  SHARED_ARRAY(double, part, COLUMNS * SLICES);
  int column = threadIdx.x % COLUMNS;
  int slice = threadIdx.x / COLUMNS;
  unsigned element = blockIdx.x * COLUMNS + column;
  bool largest = args.reduction == LARGEST;
  double value = largest ? -INFINITY : 0.0;
  if (element < args.kept) {
    const float* x = args.x + standsAt(element, args.keptRank, args.keptExtents, args.keptStrides);
    for (unsigned i = slice; i < args.folded; i += SLICES) {
      double next = x[standsAt(i, args.foldedRank, args.foldedExtents, args.foldedStrides)];
      value = largest ? larger(value, next) : value + next;
    }
  }
  part[slice * COLUMNS + column] = value;
  __syncthreads();
  if (slice == 0 && element < args.kept) {
    for (int i = 1; i < SLICES; i++) {
      double next = part[i * COLUMNS + column];
      value = largest ? larger(value, next) : value + next;
    }
    if (args.reduction == MEAN) value /= args.folded;
    if (args.beta != 0) value += (double)args.beta * args.y[element];
    args.y[element] = (float)value;
  }
}

extern "C" __global__ void __launch_bounds__(128) fold_narrow(const FoldArgs args) { fold<1, 128>(args); }

extern "C" __global__ void __launch_bounds__(256) fold_wide(const FoldArgs args) { fold<32, 8>(args); }

struct ArgMaxArgs {
  const float* x;  // [rows, n]
  int* y;          // [rows]
  unsigned n;
};

// One block of 64 threads a row. The first of equals wins; NaN counts as the largest.
extern "C" __global__ void __launch_bounds__(64) arg_max(const ArgMaxArgs args) {
  SHARED_ARRAY(float, value, 64);
  SHARED_ARRAY(int, index, 64);
  const float* x = args.x + (long long)blockIdx.x * args.n;
  float best = -INFINITY;
  int at = -1;
  for (unsigned i = threadIdx.x; i < args.n; i += 64) {
    float next = x[i];
    if (at < 0 || next > best || (isnan(next) && !isnan(best))) {
      best = next;
      at = i;
    }
  }
  value[threadIdx.x] = best;
  index[threadIdx.x] = at;
  __syncthreads();
  if (threadIdx.x == 0) {
    for (int i = 1; i < 64; i++) {
      float next = value[i];
      if (index[i] < 0) continue;
      bool above = next > best || (isnan(next) && !isnan(best));
      bool equal = next == best || (isnan(next) && isnan(best));
      if (above || (equal && index[i] < at)) {
        best = next;
        at = index[i];
      }
    }
    args.y[blockIdx.x] = at;
  }
}

// The sum over a block's 256 threads, valid in thread 0.
static __device__ __forceinline__ double blockSum(double value) {
  SHARED_ARRAY(double, part, 256);
  part[threadIdx.x] = value;
  __syncthreads();
  for (int half = 128; half > 0; half /= 2) {
    if (threadIdx.x < half) part[threadIdx.x] += part[threadIdx.x + half];
    __syncthreads();
  }
  return part[0];
}

struct SumPartsArgs {
  const float* x;
  double* parts;  // one a block
  int nonFinite;  // 1: count NaN and infinities instead of summing squares
  unsigned n;
};

extern "C" __global__ void __launch_bounds__(256) sum_parts(const SumPartsArgs args) {
  double sum = 0.0;
  EACH_ELEMENT(i, args.n) {
    float x = args.x[i];
    sum += args.nonFinite ? (isnan(x) || isinf(x) ? 1.0 : 0.0) : (double)x * x;
  }
  sum = blockSum(sum);
  if (threadIdx.x == 0) args.parts[blockIdx.x] = sum;
}

struct AddPartsArgs {
  const double* parts;
  float* total;
  int count;
};

extern "C" __global__ void __launch_bounds__(256) add_parts(const AddPartsArgs args) {
  double sum = 0.0;
  for (int i = threadIdx.x; i < args.count; i += 256) sum += args.parts[i];
  sum = blockSum(sum);
  if (threadIdx.x == 0) *args.total = (float)(*args.total + sum);
}
