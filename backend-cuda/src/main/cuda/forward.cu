// One time step of a whole sequence in one launch: the recurrent product, then the cell, on what the thread
// already holds. A row past its length keeps its state.
#include "cell_math.cuh"
#include "step_tile.cuh"

struct StepArgs {
  const float* product;   // h~ = mask * h', the left operand of the product, [B, H]
  const float* previous;  // h' [B, H]
  const float* weights;   // W_hh, or the rows of it that this launch multiplies
  const float* bias;      // b_hn [H] of a GRU with reset after, or null
  const float* mask;      // [B, H], or null
  const int* lengths;     // [B], or null
  float* gates;           // [B, G H]: input parts in, activated out; 0 past a length
  const float* previousCell;
  float* cell;
  float* extra;   // GRU: hn (reset after, null if not kept) or r * h~ (reset before), [B, H]
  float* hidden;  // h [B, H]
  float* masked;  // mask * h [B, H], or null
  int time;
  int batch;
  int size;  // H
  int relu;  // vanilla: 1 for ReLU, 0 for tanh
};

static __device__ __forceinline__ void storeHidden(const StepArgs& args, long long e, float h) {
  args.hidden[e] = h;
  if (args.masked != nullptr) args.masked[e] = args.mask[e] * h;
}

// h = phi(W_ih x + b + W_hh h~)
template <int TM, int TN>
static __device__ __forceinline__ void vanillaForward(const StepArgs& args) {
  StepTile<1, TM, TN, false> tile;
  tile.clear();
  tile.multiply(args.product, args.size, args.batch, args.weights, args.size, args.size);
#pragma unroll
  for (int i = 0; i < TM; i++) {
#pragma unroll
    for (int j = 0; j < TN; j++) {
      int row = tile.row(i);
      int unit = tile.unit(j);
      if (row >= args.batch || unit >= args.size) continue;
      long long e = (long long)row * args.size + unit;
      bool real = isReal(args.lengths, row, args.time);
      float z = args.gates[e] + tile.sum[i][j][0];
      float h = vanillaActivation(args.relu, z);
      args.gates[e] = real ? h : 0.0f;
      storeHidden(args, e, real ? h : args.previous[e]);
    }
  }
}

// i, f, o = sigma(.), g = tanh(.); c = f c' + i g; h = o tanh(c)
template <int TM>
static __device__ __forceinline__ void lstmForward(const StepArgs& args) {
  StepTile<4, TM, 1, false> tile;
  tile.clear();
  tile.multiply(args.product, args.size, args.batch, args.weights, args.size, args.size);
#pragma unroll
  for (int r = 0; r < TM; r++) {
    int row = tile.row(r);
    int unit = tile.unit(0);
    if (row >= args.batch || unit >= args.size) continue;
    long long e = (long long)row * args.size + unit;
    float* gates = args.gates + (long long)row * 4 * args.size + unit;
    if (isReal(args.lengths, row, args.time)) {
      float z[4];
#pragma unroll
      for (int gate = 0; gate < 4; gate++) z[gate] = gates[gate * args.size] + tile.sum[r][0][gate];
      storeHidden(args, e, lstmUnit(z, args.previousCell[e], gates, args.size, args.cell[e]));
    } else {
      for (int gate = 0; gate < 4; gate++) gates[gate * args.size] = 0.0f;
      args.cell[e] = args.previousCell[e];
      storeHidden(args, e, args.previous[e]);
    }
  }
}

// r, z = sigma(.); hn = W_hn h~ + b_hn; n = tanh(x_n + r hn); h = (1 - z) n + z h'
template <int TM>
static __device__ __forceinline__ void gruAfterForward(const StepArgs& args) {
  StepTile<3, TM, 1, false> tile;
  tile.clear();
  tile.multiply(args.product, args.size, args.batch, args.weights, args.size, args.size);
#pragma unroll
  for (int i = 0; i < TM; i++) {
    int row = tile.row(i);
    int unit = tile.unit(0);
    if (row >= args.batch || unit >= args.size) continue;
    long long e = (long long)row * args.size + unit;
    float* gates = args.gates + (long long)row * 3 * args.size + unit;
    float before = args.previous[e];
    if (isReal(args.lengths, row, args.time)) {
      float z[3] = {gates[0] + tile.sum[i][0][0], gates[args.size] + tile.sum[i][0][1], gates[2 * args.size]};
      float hn = tile.sum[i][0][2] + (args.bias == nullptr ? 0.0f : args.bias[unit]);
      if (args.extra != nullptr) args.extra[e] = hn;
      storeHidden(args, e, gruAfterUnit(z, hn, before, gates, args.size));
    } else {
      for (int gate = 0; gate < 3; gate++) gates[gate * args.size] = 0.0f;
      if (args.extra != nullptr) args.extra[e] = 0.0f;
      storeHidden(args, e, before);
    }
  }
}

// r, z = sigma(.) and r * h~: the first half of a GRU step with the reset gate before the product
template <int TM>
static __device__ __forceinline__ void gruBeforeGates(const StepArgs& args) {
  StepTile<2, TM, 1, false> tile;
  tile.clear();
  tile.multiply(args.product, args.size, args.batch, args.weights, args.size, args.size);
#pragma unroll
  for (int i = 0; i < TM; i++) {
    int row = tile.row(i);
    int unit = tile.unit(0);
    if (row >= args.batch || unit >= args.size) continue;
    long long e = (long long)row * args.size + unit;
    float* gates = args.gates + (long long)row * 3 * args.size + unit;
    bool real = isReal(args.lengths, row, args.time);
    float r = real ? sigmoid(gates[0] + tile.sum[i][0][0]) : 0.0f;
    gates[0] = r;
    gates[args.size] = real ? sigmoid(gates[args.size] + tile.sum[i][0][1]) : 0.0f;
    args.extra[e] = r * args.product[e];
  }
}

// n = tanh(x_n + W_hn (r * h~)); h = (1 - z) n + z h': the second half; weights are W_hn
template <int TM, int TN>
static __device__ __forceinline__ void gruBeforeOutput(const StepArgs& args) {
  StepTile<1, TM, TN, false> tile;
  tile.clear();
  tile.multiply(args.extra, args.size, args.batch, args.weights, args.size, args.size);
#pragma unroll
  for (int i = 0; i < TM; i++) {
#pragma unroll
    for (int j = 0; j < TN; j++) {
      int row = tile.row(i);
      int unit = tile.unit(j);
      if (row >= args.batch || unit >= args.size) continue;
      long long e = (long long)row * args.size + unit;
      float* gates = args.gates + (long long)row * 3 * args.size + unit;
      bool real = isReal(args.lengths, row, args.time);
      float n = real ? tanhf(gates[2 * args.size] + tile.sum[i][j][0]) : 0.0f;
      float before = args.previous[e];
      gates[2 * args.size] = n;
      storeHidden(args, e, real ? fmaf(gates[args.size], before - n, n) : before);
    }
  }
}

// narrow: 8 rows, 16 units; tall: 32 rows, 16 units; wide: 32 rows, 64 units
extern "C" __global__ void __launch_bounds__(128, 4) vanilla_forward_narrow(const StepArgs args) { vanillaForward<1, 1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) vanilla_forward_tall(const StepArgs args) { vanillaForward<4, 1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) vanilla_forward_wide(const StepArgs args) { vanillaForward<4, 4>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) lstm_forward_narrow(const StepArgs args) { lstmForward<1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) lstm_forward_tall(const StepArgs args) { lstmForward<4>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_after_forward_narrow(const StepArgs args) { gruAfterForward<1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_after_forward_tall(const StepArgs args) { gruAfterForward<4>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_before_gates_narrow(const StepArgs args) { gruBeforeGates<1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_before_gates_tall(const StepArgs args) { gruBeforeGates<4>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_before_output_narrow(const StepArgs args) { gruBeforeOutput<1, 1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_before_output_tall(const StepArgs args) { gruBeforeOutput<4, 1>(args); }
extern "C" __global__ void __launch_bounds__(128, 4) gru_before_output_wide(const StepArgs args) { gruBeforeOutput<4, 4>(args); }
