// What surrounds the steps of a whole-sequence plan. Inside, everything is in time order: a series [T, B, .] per
// direction, and states in T + 1 slots, so that the state before time t is a slot of its own in either direction.
#include "portable.cuh"

struct StoreStateArgs {
  const float* hidden;  // null for zeros
  const float* cell;
  float* toHidden;  // null for nowhere
  float* toCell;
  const float* mask;  // [B, H], or null
  float* toMask;      // a copy of the mask that outlives the caller's
  float* toMasked;    // mask * hidden
  unsigned n;
};

extern "C" __global__ void store_state(const StoreStateArgs args) {
  EACH_ELEMENT(i, args.n) {
    float h = args.hidden == nullptr ? 0.0f : args.hidden[i];
    if (args.toHidden != nullptr) args.toHidden[i] = h;
    if (args.toCell != nullptr) args.toCell[i] = args.cell == nullptr ? 0.0f : args.cell[i];
    if (args.mask != nullptr) {
      float m = args.mask[i];
      args.toMask[i] = m;
      args.toMasked[i] = m * h;
    }
  }
}

struct SeriesArgs {
  const float* x;
  const int* lengths;  // [B], or null
  float* y;
  unsigned batch;
  unsigned width;
  unsigned stride;  // of a row of the wider side
  unsigned n;       // T * B * width
};

// A series to its columns of a wider tensor; exactly 0 past a row's length.
extern "C" __global__ void write_series(const SeriesArgs args) {
  EACH_ELEMENT(i, args.n) {
    unsigned row = i / args.width;
    unsigned time = row / args.batch;
    bool real = args.lengths == nullptr || (int)time < args.lengths[row - time * args.batch];
    args.y[(long long)row * args.stride + (i - row * args.width)] = real ? args.x[i] : 0.0f;
  }
}

// The other way round; without a source zeros. What lies past a length is not read.
extern "C" __global__ void read_series(const SeriesArgs args) {
  EACH_ELEMENT(i, args.n) {
    unsigned row = i / args.width;
    unsigned time = row / args.batch;
    bool real = args.lengths == nullptr || (int)time < args.lengths[row - time * args.batch];
    args.y[i] = real && args.x != nullptr ? args.x[(long long)row * args.stride + (i - row * args.width)] : 0.0f;
  }
}

struct PackBiasArgs {
  const float* input;
  const float* hidden;  // null with a single bias
  float* packed;
  unsigned added;  // rows below this get both; the rest (b_hn of a GRU with reset after) only the first
  unsigned n;
};

extern "C" __global__ void pack_bias(const PackBiasArgs args) {
  EACH_ELEMENT(i, args.n) {
    args.packed[i] = args.input[i] + (args.hidden != nullptr && i < args.added ? args.hidden[i] : 0.0f);
  }
}

struct ColumnSumsArgs {
  const float* x;  // [rows, stride]
  float* parts;    // [chunks, width]
  unsigned rows;
  unsigned stride;
  unsigned width;
  unsigned chunk;
};

// Sums of columns over a chunk of rows (grid y): 32 columns a block, 8 threads each, joined in ascending order.
extern "C" __global__ void __launch_bounds__(256) column_sums(const ColumnSumsArgs args) {
  SHARED_ARRAY(float, part, 256);
  unsigned column = blockIdx.x * 32 + threadIdx.x % 32;
  unsigned slice = threadIdx.x / 32;
  unsigned from = blockIdx.y * args.chunk;
  unsigned to = from + args.chunk < args.rows ? from + args.chunk : args.rows;
  float sum = 0.0f;
  if (column < args.width) {
    for (unsigned row = from + slice; row < to; row += 8) sum += args.x[(long long)row * args.stride + column];
  }
  part[threadIdx.x] = sum;
  __syncthreads();
  if (slice == 0 && column < args.width) {
    for (int i = 1; i < 8; i++) sum += part[i * 32 + threadIdx.x];
    args.parts[(long long)blockIdx.y * args.width + column] = sum;
  }
}
