// Moving elements. "Words" are 32-bit elements of any type.
#include "portable.cuh"

// Where kernels report operands that only they see: the host looks here whenever it waits for the device.
struct Fault {
  int kernel;  // 0 none, 1 gather, 2 scatterAdd, 3 softmaxCrossEntropy
  int value;
  int limit;
};

static __device__ __forceinline__ bool outside(Fault* fault, int kernel, int value, int limit) {
  if (value >= -1 && value < limit) return false;
  fault->value = value;
  fault->limit = limit;
  fault->kernel = kernel;
  return true;
}

struct GatherArgs {
  const unsigned* x;  // [outer, size, inner]
  const int* indices;
  unsigned* y;  // [outer, count, inner]
  Fault* fault;
  int size;
  int count;
  unsigned inner;
  unsigned n;  // elements of y
};

extern "C" __global__ void gather_words(const GatherArgs args) {
  EACH_ELEMENT(i, args.n) {
    unsigned column = i % args.inner;
    unsigned row = i / args.inner;
    unsigned outer = row / args.count;
    int chosen = args.indices[row - outer * args.count];
    bool none = outside(args.fault, 1, chosen, args.size) || chosen < 0;
    args.y[i] = none ? 0u : args.x[((long long)outer * args.size + chosen) * args.inner + column];
  }
}

struct ScatterAddArgs {
  const float* y;  // [outer, count, inner]
  const int* indices;
  float* x;  // [outer, size, inner]
  Fault* fault;
  int outer;
  int size;
  int count;
  unsigned inner;
};

// One block for each entry j (grid x) of each outer index (grid y). The block whose entry is the first with its
// index adds all entries with that index, in ascending order; the others leave. So nothing is written twice.
extern "C" __global__ void __launch_bounds__(64) scatter_add(const ScatterAddArgs args) {
  SHARED_ARRAY(int, window, 64);
  int j = blockIdx.x;
  int chosen = args.indices[j];
  if (outside(args.fault, 2, chosen, args.size) || chosen < 0) return;
  for (int i = 0; i < j; i++) {
    if (args.indices[i] == chosen) return;
  }
  for (int outer = blockIdx.y; outer < args.outer; outer += gridDim.y) {
    const float* y = args.y + (long long)outer * args.count * args.inner;
    float* x = args.x + ((long long)outer * args.size + chosen) * args.inner;
    for (unsigned from = 0; from < args.inner; from += 64) {
      unsigned column = from + threadIdx.x;
      float sum = column < args.inner ? x[column] : 0.0f;
      for (int base = j; base < args.count; base += 64) {
        __syncthreads();
        window[threadIdx.x] = base + (int)threadIdx.x < args.count ? args.indices[base + threadIdx.x] : -1;
        __syncthreads();
        for (int i = 0; i < 64; i++) {
          if (window[i] == chosen && column < args.inner) {
            sum += y[(long long)(base + i) * args.inner + column];
          }
        }
      }
      if (column < args.inner) x[column] = sum;
    }
  }
}

// Rows of "part" elements inside rows of "whole" elements, beginning at "from".
struct SliceArgs {
  const unsigned* x;
  unsigned* y;
  unsigned whole;
  unsigned part;
  unsigned from;
  unsigned n;  // elements of all parts
};

extern "C" __global__ void slice_words(const SliceArgs args) {
  EACH_ELEMENT(i, args.n) {
    unsigned row = i / args.part;
    args.y[i] = args.x[(long long)row * args.whole + args.from + (i - row * args.part)];
  }
}

extern "C" __global__ void insert_words(const SliceArgs args) {
  EACH_ELEMENT(i, args.n) {
    unsigned row = i / args.part;
    args.y[(long long)row * args.whole + args.from + (i - row * args.part)] = args.x[i];
  }
}

struct InsertAddArgs {
  const float* x;
  float* y;
  unsigned whole;
  unsigned part;
  unsigned from;
  unsigned n;
  float beta;
};

extern "C" __global__ void insert_add(const InsertAddArgs args) {
  EACH_ELEMENT(i, args.n) {
    unsigned row = i / args.part;
    float* at = args.y + (long long)row * args.whole + args.from + (i - row * args.part);
    *at = fmaf(args.beta, *at, args.x[i]);
  }
}

struct TransposeArgs {
  const unsigned* x;  // [a, b, inner]
  unsigned* y;        // [b, a, inner]
  unsigned a;
  unsigned b;
  unsigned inner;
  unsigned n;
};

extern "C" __global__ void transpose_words(const TransposeArgs args) {
  EACH_ELEMENT(i, args.n) {
    unsigned column = i % args.inner;
    unsigned row = i / args.inner;
    unsigned at = row % args.a;
    unsigned bt = row / args.a;
    args.y[i] = args.x[((long long)at * args.b + bt) * args.inner + column];
  }
}

// The same for inner 1, through a tile in shared memory so that both sides are read and written in runs.
// Blocks of 32 x 8 threads, a tile of 32 x 32 each.
extern "C" __global__ void __launch_bounds__(256) transpose_tile(const TransposeArgs args) {
  SHARED_ARRAY(unsigned, tile, 32 * 33);
  unsigned tx = threadIdx.x % 32;
  unsigned ty = threadIdx.x / 32;
  unsigned column = blockIdx.x * 32 + tx;
  for (unsigned i = ty; i < 32; i += 8) {
    unsigned row = blockIdx.y * 32 + i;
    if (row < args.a && column < args.b) tile[i * 33 + tx] = args.x[(long long)row * args.b + column];
  }
  __syncthreads();
  column = blockIdx.y * 32 + tx;
  for (unsigned i = ty; i < 32; i += 8) {
    unsigned row = blockIdx.x * 32 + i;
    if (row < args.b && column < args.a) args.y[(long long)row * args.a + column] = tile[tx * 33 + i];
  }
}

struct SelectArgs {
  const int* lengths;
  const unsigned* inside;
  const unsigned* past;  // null for zeros
  unsigned* y;
  int time;
  unsigned width;
  unsigned n;
};

extern "C" __global__ void select_words(const SelectArgs args) {
  EACH_ELEMENT(i, args.n) {
    bool in = args.time < args.lengths[i / args.width];
    args.y[i] = in ? args.inside[i] : args.past == nullptr ? 0u : args.past[i];
  }
}

struct SequenceMoveArgs {
  const int* lengths;
  const unsigned* x;  // [T, B, width]
  unsigned* y;
  unsigned batch;
  unsigned width;
  unsigned n;  // elements of y
};

extern "C" __global__ void mask_past(const SequenceMoveArgs args) {
  EACH_ELEMENT(i, args.n) {
    unsigned row = i / args.width;
    unsigned time = row / args.batch;
    args.y[i] = (int)time < args.lengths[row - time * args.batch] ? args.x[i] : 0u;
  }
}

extern "C" __global__ void reverse_steps(const SequenceMoveArgs args) {
  EACH_ELEMENT(i, args.n) {
    unsigned row = i / args.width;
    unsigned time = row / args.batch;
    unsigned b = row - time * args.batch;
    int from = args.lengths[b] - 1 - (int)time;
    args.y[i] = from < 0 ? 0u : args.x[((long long)from * args.batch + b) * args.width + (i - row * args.width)];
  }
}

extern "C" __global__ void last_steps(const SequenceMoveArgs args) {
  EACH_ELEMENT(i, args.n) {
    unsigned b = i / args.width;
    int from = args.lengths[b] - 1;
    args.y[i] = from < 0 ? 0u : args.x[((long long)from * args.batch + b) * args.width + (i - b * args.width)];
  }
}

struct AddToLastArgs {
  const float* y;  // [B, width]
  const int* lengths;
  float* x;  // [T, B, width]
  unsigned batch;
  unsigned width;
  unsigned n;
};

extern "C" __global__ void add_to_last(const AddToLastArgs args) {
  EACH_ELEMENT(i, args.n) {
    unsigned b = i / args.width;
    int at = args.lengths[b] - 1;
    if (at >= 0) args.x[((long long)at * args.batch + b) * args.width + (i - b * args.width)] += args.y[i];
  }
}
