// The gradient of one time step in one launch: what comes back through W_hh from the step after it in walking
// order, then the cell's own gradient. A row past its length passes its state's gradient on untouched.
#include "cell_math.cuh"
#include "step_tile.cuh"

struct StepGradientArgs {
  const float* later;    // gradients of the later step's hidden products, [B, .]; null at the first step taken
  const float* weights;  // the rows of W_hh that those multiply, [k, H]
  const float* mask;
  const int* lengths;
  const float* gates;  // activated [B, G H]; null after the last step: only the carry is completed then
  const float* previous;
  const float* product;
  const float* previousCell;
  const float* cell;
  const float* extra;     // GRU with reset after: hn
  float* gradient;        // of the pre-activations [B, .], 0 past a length
  float* hiddenGradient;  // in: dL/dy; out: dL/dh, recurrent part included
  float* carry;           // what reaches h' other than through W_hh, [B, H]
  float* cellGradient;    // in: dL/dc; out: dL/dc'
  int laterStride;
  int k;
  int time;
  int batch;
  int size;
  int relu;
};

// dL/dh of the thread's elements: own part, carried part, and the part through W_hh. After the last step the
// same sum is the gradient of the initial state, and there is nothing more to do.
template <class Tile>
static __device__ __forceinline__ float arriving(const StepGradientArgs& args, const Tile& tile, int i, int j, long long e) {
  float through = tile.sum[i][j][0];
  if (args.mask != nullptr) through *= args.mask[e];
  float carried = args.carry[e] + through;
  return args.gates == nullptr ? carried : carried + args.hiddenGradient[e];
}

template <class Tile>
static __device__ __forceinline__ void comeBack(const StepGradientArgs& args, Tile& tile) {
  tile.clear();
  if (args.later != nullptr) tile.multiply(args.later, args.laterStride, args.batch, args.weights, args.size, args.k);
}

template <int TM, int TN>
static __device__ __forceinline__ void vanillaBackward(const StepGradientArgs& args) {
  StepTile<1, TM, TN, true> tile;
  comeBack(args, tile);
#pragma unroll
  for (int i = 0; i < TM; i++) {
#pragma unroll
    for (int j = 0; j < TN; j++) {
      int row = tile.row(i);
      int unit = tile.unit(j);
      if (row >= args.batch || unit >= args.size) continue;
      long long e = (long long)row * args.size + unit;
      float dh = arriving(args, tile, i, j, e);
      if (args.gates == nullptr) {
        args.carry[e] = dh;
        continue;
      }
      bool real = isReal(args.lengths, row, args.time);
      args.gradient[e] = real ? dh * vanillaSlope(args.relu, args.gates[e]) : 0.0f;
      args.hiddenGradient[e] = real ? dh : 0.0f;
      args.carry[e] = real ? 0.0f : dh;
    }
  }
}

template <int TM, int TN>
static __device__ __forceinline__ void lstmBackward(const StepGradientArgs& args) {
  StepTile<1, TM, TN, true> tile;
  comeBack(args, tile);
#pragma unroll
  for (int r = 0; r < TM; r++) {
#pragma unroll
    for (int j = 0; j < TN; j++) {
      int row = tile.row(r);
      int unit = tile.unit(j);
      if (row >= args.batch || unit >= args.size) continue;
      long long e = (long long)row * args.size + unit;
      float dh = arriving(args, tile, r, j, e);
      if (args.gates == nullptr) {
        args.carry[e] = dh;
        continue;
      }
      long long at = (long long)row * 4 * args.size + unit;
      const float* gates = args.gates + at;
      float* gradient = args.gradient + at;
      if (isReal(args.lengths, row, args.time)) {
        float d[4];
        lstmUnitGradient(gates, args.size, args.cell[e], args.previousCell[e], dh, args.cellGradient[e], d);
#pragma unroll
        for (int gate = 0; gate < 4; gate++) gradient[gate * args.size] = d[gate];
        args.hiddenGradient[e] = dh;
        args.carry[e] = 0.0f;
      } else {
        for (int gate = 0; gate < 4; gate++) gradient[gate * args.size] = 0.0f;
        args.hiddenGradient[e] = 0.0f;
        args.carry[e] = dh;
      }
    }
  }
}

// Gradients lie as n, r, z, hn: the first three belong to the input's product, the last three to the hidden one,
// whose weights have the order r, z, n.
template <int TM, int TN>
static __device__ __forceinline__ void gruAfterBackward(const StepGradientArgs& args) {
  StepTile<1, TM, TN, true> tile;
  comeBack(args, tile);
#pragma unroll
  for (int i = 0; i < TM; i++) {
#pragma unroll
    for (int j = 0; j < TN; j++) {
      int row = tile.row(i);
      int unit = tile.unit(j);
      if (row >= args.batch || unit >= args.size) continue;
      long long e = (long long)row * args.size + unit;
      float dh = arriving(args, tile, i, j, e);
      if (args.gates == nullptr) {
        args.carry[e] = dh;
        continue;
      }
      const float* gates = args.gates + (long long)row * 3 * args.size + unit;
      float* gradient = args.gradient + (long long)row * 4 * args.size + unit;
      if (isReal(args.lengths, row, args.time)) {
        float d[4];
        args.carry[e] = gruAfterUnitGradient(gates, args.size, args.extra[e], args.previous[e], dh, d);
#pragma unroll
        for (int part = 0; part < 4; part++) gradient[part * args.size] = d[part];
        args.hiddenGradient[e] = dh;
      } else {
        for (int part = 0; part < 4; part++) gradient[part * args.size] = 0.0f;
        args.hiddenGradient[e] = 0.0f;
        args.carry[e] = dh;
      }
    }
  }
}

// Reset before the product, first half: z and n. The second launch needs n's gradient of every unit.
template <int TM, int TN>
static __device__ __forceinline__ void gruBeforeOutputBackward(const StepGradientArgs& args) {
  StepTile<1, TM, TN, true> tile;
  comeBack(args, tile);
#pragma unroll
  for (int i = 0; i < TM; i++) {
#pragma unroll
    for (int j = 0; j < TN; j++) {
      int row = tile.row(i);
      int unit = tile.unit(j);
      if (row >= args.batch || unit >= args.size) continue;
      long long e = (long long)row * args.size + unit;
      float dh = arriving(args, tile, i, j, e);
      if (args.gates == nullptr) {
        args.carry[e] = dh;
        continue;
      }
      long long at = (long long)row * 3 * args.size + unit;
      const float* gates = args.gates + at;
      float* gradient = args.gradient + at;
      bool real = isReal(args.lengths, row, args.time);
      float z = gates[args.size];
      float n = gates[2 * args.size];
      float direct = dh * z;
      gradient[args.size] = real ? dh * (args.previous[e] - n) * (z * (1.0f - z)) : 0.0f;
      gradient[2 * args.size] = real ? (dh - direct) * (1.0f - n * n) : 0.0f;
      args.hiddenGradient[e] = real ? dh : 0.0f;
      args.carry[e] = real ? direct : dh;
    }
  }
}

// Second half: r, and what reaches h' through r * h~. "later" is n's gradient of this very step.
template <int TM, int TN>
static __device__ __forceinline__ void gruBeforeResetBackward(const StepGradientArgs& args) {
  StepTile<1, TM, TN, true> tile;
  comeBack(args, tile);
#pragma unroll
  for (int i = 0; i < TM; i++) {
#pragma unroll
    for (int j = 0; j < TN; j++) {
      int row = tile.row(i);
      int unit = tile.unit(j);
      if (row >= args.batch || unit >= args.size) continue;
      long long e = (long long)row * args.size + unit;
      long long at = (long long)row * 3 * args.size + unit;
      if (isReal(args.lengths, row, args.time)) {
        float r = args.gates[at];
        float through = tile.sum[i][j][0];
        args.gradient[at] = through * args.product[e] * (r * (1.0f - r));
        args.carry[e] = fmaf(through * r, args.mask == nullptr ? 1.0f : args.mask[e], args.carry[e]);
      } else {
        args.gradient[at] = 0.0f;
      }
    }
  }
}

extern "C" __global__ void __launch_bounds__(128, 4) vanilla_backward_narrow(const StepGradientArgs args) { vanillaBackward<1, 1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) vanilla_backward_tall(const StepGradientArgs args) { vanillaBackward<4, 1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) vanilla_backward_wide(const StepGradientArgs args) { vanillaBackward<4, 4>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) lstm_backward_narrow(const StepGradientArgs args) { lstmBackward<1, 1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) lstm_backward_tall(const StepGradientArgs args) { lstmBackward<4, 1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) lstm_backward_wide(const StepGradientArgs args) { lstmBackward<4, 4>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_after_backward_narrow(const StepGradientArgs args) { gruAfterBackward<1, 1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_after_backward_tall(const StepGradientArgs args) { gruAfterBackward<4, 1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_after_backward_wide(const StepGradientArgs args) { gruAfterBackward<4, 4>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_before_output_backward_narrow(const StepGradientArgs args) { gruBeforeOutputBackward<1, 1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_before_output_backward_tall(const StepGradientArgs args) { gruBeforeOutputBackward<4, 1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_before_output_backward_wide(const StepGradientArgs args) { gruBeforeOutputBackward<4, 4>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_before_reset_backward_narrow(const StepGradientArgs args) { gruBeforeResetBackward<1, 1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_before_reset_backward_tall(const StepGradientArgs args) { gruBeforeResetBackward<4, 1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_before_reset_backward_wide(const StepGradientArgs args) { gruBeforeResetBackward<4, 4>(args); }
