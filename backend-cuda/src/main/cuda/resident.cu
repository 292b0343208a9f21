// All steps of a sequence in one launch, where W_hh fits a block's shared memory. Rows of a batch do not meet in a
// recurrence, so every block keeps W_hh for itself and walks its own rows from the first step to the last; nothing
// is waited for but the block's own threads. A thread owns one unit, with all its gates, of ROWS rows. Sums are the
// same chains as in the kernels of one step, so both give the same bits.
#include "cell_math.cuh"
#include "step_tile.cuh"

enum ResidentCell { VANILLA_CELL, LSTM_CELL, GRU_AFTER_CELL, GRU_BEFORE_CELL };

struct ResidentArgs {
  const float* weights;  // W_hh [G H, H]
  const float* bias;     // b_hn, or null
  const float* mask;
  const int* lengths;
  float* gates;   // [T, B, G H]
  float* hidden;  // T + 1 slots [B, H]; the first in walking order is given
  float* masked;  // the same for mask * h, or null
  float* cells;   // the same for c, or null
  float* extra;   // [T, B, H] of a GRU, or null
  int steps;
  int batch;
  int size;
  int reverse;
  int relu;
};

template <int CELL>
struct Gates {
  static const int COUNT = CELL == VANILLA_CELL ? 1 : CELL == LSTM_CELL ? 4 : 3;
};

// sums[row][gate] += sum over k of x[k][row] * w[k][unit][gate], for gates FROM to TO
template <int ROWS, int GATES, int FROM, int TO>
static __device__ __forceinline__ void residentProduct(
    float (*sums)[GATES], const float* w, const float* x, int size, int unit) {
  for (int k = 0; k < size; k++) {
    float column[GATES];
    loadRow<GATES>(column, w + (k * size + unit) * GATES);
#pragma unroll
    for (int r = 0; r < ROWS; r++) {
      float value = x[k * ROWS + r];
#pragma unroll
      for (int g = FROM; g < TO; g++) sums[r][g] = fmaf(value, column[g], sums[r][g]);
    }
  }
}

template <int CELL, int ROWS>
static __device__ __forceinline__ void residentForward(const ResidentArgs& args) {
  const int GATES = Gates<CELL>::COUNT;
  SHARED_OF_LAUNCH(float, memory);
  int size = args.size;
  float* w = memory;                       // [k][unit][gate]
  float* x = w + GATES * size * size;      // two buffers [k][row]: h~ of this step and of the next
  float* reset = x + 2 * size * ROWS;      // reset before: r * h~
  int unit = threadIdx.x;
  bool active = unit < size;
  int state = args.batch * size;
  for (int i = threadIdx.x; i < GATES * size * size; i += blockDim.x) {
    int row = i / size;
    w[(i % size * size + row % size) * GATES + row / size] = args.weights[i];
  }
  float h[ROWS], c[ROWS], m[ROWS];
  int length[ROWS];
  int first = args.reverse ? args.steps : 0;
#pragma unroll
  for (int r = 0; r < ROWS; r++) {
    int row = blockIdx.x * ROWS + r;
    bool there = active && row < args.batch;
    int e = row * size + unit;
    h[r] = there ? args.hidden[(long long)first * state + e] : 0.0f;
    c[r] = there && CELL == LSTM_CELL ? args.cells[(long long)first * state + e] : 0.0f;
    m[r] = there && args.mask != nullptr ? args.mask[e] : 1.0f;
    length[r] = !there ? 0 : args.lengths == nullptr ? args.steps : args.lengths[row];
    if (active) x[unit * ROWS + r] = m[r] * h[r];
  }
  __syncthreads();
  for (int step = 0; step < args.steps; step++) {
    int time = args.reverse ? args.steps - 1 - step : step;
    int after = args.reverse ? time : time + 1;
    const float* now = x + (step & 1) * size * ROWS;
    float* next = x + (1 - (step & 1)) * size * ROWS;
    float sums[ROWS][GATES], z[ROWS][GATES];
#pragma unroll
    for (int r = 0; r < ROWS; r++) {
      // read before the product, so that it arrives meanwhile
      const float* gates = args.gates + ((long long)time * args.batch + blockIdx.x * ROWS + r) * GATES * size + unit;
#pragma unroll
      for (int g = 0; g < GATES; g++) {
        z[r][g] = time < length[r] ? gates[g * size] : 0.0f;
        sums[r][g] = 0.0f;
      }
    }
    if (CELL == GRU_BEFORE_CELL) {
      if (active) {
        residentProduct<ROWS, GATES, 0, GATES - 1>(sums, w, now, size, unit);
#pragma unroll
        for (int r = 0; r < ROWS; r++) {
          z[r][0] = time < length[r] ? sigmoid(z[r][0] + sums[r][0]) : 0.0f;
          reset[unit * ROWS + r] = z[r][0] * now[unit * ROWS + r];
        }
      }
      __syncthreads();
      if (active) residentProduct<ROWS, GATES, GATES - 1, GATES>(sums, w, reset, size, unit);
    } else if (active) {
      residentProduct<ROWS, GATES, 0, GATES>(sums, w, now, size, unit);
    }
#pragma unroll
    for (int r = 0; r < ROWS; r++) {
      int row = blockIdx.x * ROWS + r;
      if (!active || row >= args.batch) continue;
      int e = row * size + unit;
      float* gates = args.gates + ((long long)time * args.batch + row) * GATES * size + unit;
      float* extra = args.extra == nullptr ? nullptr : args.extra + (long long)time * state + e;
      if (time < length[r]) {
        if (CELL == VANILLA_CELL) {
          h[r] = vanillaActivation(args.relu, z[r][0] + sums[r][0]);
          gates[0] = h[r];
        } else if (CELL == LSTM_CELL) {
#pragma unroll
          for (int g = 0; g < GATES; g++) z[r][g] += sums[r][g];
          h[r] = lstmUnit(z[r], c[r], gates, size, c[r]);
        } else if (CELL == GRU_AFTER_CELL) {
          float hn = sums[r][GATES - 1] + (args.bias == nullptr ? 0.0f : args.bias[unit]);
          z[r][0] += sums[r][0];
          z[r][GATES > 1 ? 1 : 0] += sums[r][GATES > 1 ? 1 : 0];
          if (extra != nullptr) *extra = hn;
          h[r] = gruAfterUnit(z[r], hn, h[r], gates, size);
        } else {
          float update = sigmoid(z[r][GATES > 1 ? 1 : 0] + sums[r][GATES > 1 ? 1 : 0]);
          float n = tanhf(z[r][GATES - 1] + sums[r][GATES - 1]);
          gates[0] = z[r][0];
          gates[size] = update;
          gates[2 * size] = n;
          if (extra != nullptr) *extra = reset[unit * ROWS + r];
          h[r] = fmaf(update, h[r] - n, n);
        }
      } else {
#pragma unroll
        for (int g = 0; g < GATES; g++) gates[g * size] = 0.0f;
        if (extra != nullptr) *extra = 0.0f;
      }
      args.hidden[(long long)after * state + e] = h[r];
      if (CELL == LSTM_CELL) args.cells[(long long)after * state + e] = c[r];
      if (args.masked != nullptr) args.masked[(long long)after * state + e] = m[r] * h[r];
      next[unit * ROWS + r] = m[r] * h[r];
    }
    __syncthreads();
  }
}

struct ResidentGradientArgs {
  const float* weights;
  const float* mask;
  const int* lengths;
  const float* gates;
  const float* hidden;
  const float* operand;  // h~ in T + 1 slots
  const float* cells;
  const float* extra;
  float* gradients;        // [T, B, .]
  float* hiddenGradients;  // [T, B, H]
  float* carry;            // [B, H]
  float* cellGradient;
  int steps;
  int batch;
  int size;
  int reverse;
  int relu;
};

// sums[row] += sum over k of d[k][row] * w[from + k][unit]
template <int ROWS>
static __device__ __forceinline__ void residentBack(float* sums, const float* w, const float* d, int count, int size, int unit) {
  for (int k = 0; k < count; k++) {
    float value = w[k * size + unit];
#pragma unroll
    for (int r = 0; r < ROWS; r++) sums[r] = fmaf(d[k * ROWS + r], value, sums[r]);
  }
}

template <int CELL, int ROWS>
static __device__ __forceinline__ void residentBackward(const ResidentGradientArgs& args) {
  const int GATES = Gates<CELL>::COUNT;
  const int BLOCKS = CELL == GRU_AFTER_CELL ? 4 : GATES;   // of a row of gradients
  const int BACK = CELL == GRU_BEFORE_CELL ? 2 : GATES;    // of those that come back through W_hh at once
  SHARED_OF_LAUNCH(float, memory);
  int size = args.size;
  float* w = memory;                            // as it is stored
  float* d = w + GATES * size * size;           // two buffers [BACK size][row]
  float* dn = d + 2 * BACK * size * ROWS;       // reset before: the candidate's
  int unit = threadIdx.x;
  bool active = unit < size;
  int state = args.batch * size;
  for (int i = threadIdx.x; i < GATES * size * size; i += blockDim.x) w[i] = args.weights[i];
  float carry[ROWS], dc[ROWS], m[ROWS];
  int length[ROWS];
#pragma unroll
  for (int r = 0; r < ROWS; r++) {
    int row = blockIdx.x * ROWS + r;
    bool there = active && row < args.batch;
    int e = row * size + unit;
    carry[r] = there ? args.carry[e] : 0.0f;
    dc[r] = there && CELL == LSTM_CELL ? args.cellGradient[e] : 0.0f;
    m[r] = there && args.mask != nullptr ? args.mask[e] : 1.0f;
    length[r] = !there ? 0 : args.lengths == nullptr ? args.steps : args.lengths[row];
  }
  // The first step multiplies nothing before a barrier, so W_hh is there by then.
  for (int step = args.steps - 1; step >= -1; step--) {
    int time = args.reverse ? args.steps - 1 - step : step;
    const float* later = d + (step & 1) * BACK * size * ROWS;
    float* now = d + (1 - (step & 1)) * BACK * size * ROWS;
    float through[ROWS];
#pragma unroll
    for (int r = 0; r < ROWS; r++) through[r] = 0.0f;
    if (active && step < args.steps - 1) residentBack<ROWS>(through, w, later, BACK * size, size, unit);
    if (step < 0) {
#pragma unroll
      for (int r = 0; r < ROWS; r++) {
        int row = blockIdx.x * ROWS + r;
        if (!active || row >= args.batch) continue;
        args.carry[row * size + unit] = carry[r] + m[r] * through[r];
        if (CELL == LSTM_CELL) args.cellGradient[row * size + unit] = dc[r];
      }
      break;
    }
    int before = args.reverse ? time + 1 : time;
    int after = args.reverse ? time : time + 1;
#pragma unroll
    for (int r = 0; r < ROWS; r++) {
      int row = blockIdx.x * ROWS + r;
      if (!active) continue;
      bool real = time < length[r];
      float part[BLOCKS];
#pragma unroll
      for (int b = 0; b < BLOCKS; b++) part[b] = 0.0f;
      if (row < args.batch) {
        int e = row * size + unit;
        long long at = (long long)time * state + e;
        const float* gates = args.gates + ((long long)time * args.batch + row) * GATES * size + unit;
        float* gradient = args.gradients + ((long long)time * args.batch + row) * BLOCKS * size + unit;
        float dh = carry[r] + m[r] * through[r] + args.hiddenGradients[at];
        carry[r] = real ? 0.0f : dh;
        args.hiddenGradients[at] = real ? dh : 0.0f;
        if (real && CELL == VANILLA_CELL) part[0] = dh * vanillaSlope(args.relu, gates[0]);
        if (real && CELL == LSTM_CELL) {
          lstmUnitGradient(
              gates, size, args.cells[(long long)after * state + e], args.cells[(long long)before * state + e], dh, dc[r], part);
        }
        if (real && CELL == GRU_AFTER_CELL) {
          carry[r] = gruAfterUnitGradient(gates, size, args.extra[at], args.hidden[(long long)before * state + e], dh, part);
        }
        if (real && CELL == GRU_BEFORE_CELL) {
          float z = gates[size];
          float n = gates[2 * size];
          carry[r] = dh * z;
          part[BLOCKS > 1 ? 1 : 0] = dh * (args.hidden[(long long)before * state + e] - n) * (z * (1.0f - z));
          part[BLOCKS - 1] = (dh - carry[r]) * (1.0f - n * n);
        }
#pragma unroll
        for (int b = CELL == GRU_BEFORE_CELL ? 1 : 0; b < BLOCKS; b++) gradient[b * size] = part[b];
      }
      if (CELL == GRU_BEFORE_CELL) {
        now[(size + unit) * ROWS + r] = part[BLOCKS > 1 ? 1 : 0];
        dn[unit * ROWS + r] = part[BLOCKS - 1];
      } else {
        // of a GRU with reset after the last three of four: r, z, hn
        for (int b = 0; b < BACK; b++) now[(b * size + unit) * ROWS + r] = part[b + BLOCKS - BACK];
      }
    }
    __syncthreads();
    if (CELL == GRU_BEFORE_CELL) {
#pragma unroll
      for (int r = 0; r < ROWS; r++) through[r] = 0.0f;
      if (active) residentBack<ROWS>(through, w + 2 * size * size, dn, size, size, unit);
#pragma unroll
      for (int r = 0; r < ROWS; r++) {
        int row = blockIdx.x * ROWS + r;
        if (!active) continue;
        float dr = 0.0f;
        if (row < args.batch) {
          int e = row * size + unit;
          long long at = (long long)time * args.batch + row;
          if (time < length[r]) {
            float reset = args.gates[at * GATES * size + unit];
            dr = through[r] * args.operand[(long long)before * state + e] * (reset * (1.0f - reset));
            carry[r] = fmaf(through[r] * reset, m[r], carry[r]);
          }
          args.gradients[at * BLOCKS * size + unit] = dr;
        }
        now[unit * ROWS + r] = dr;
      }
      __syncthreads();
    }
  }
}

extern "C" __global__ void __launch_bounds__(512) vanilla_forward_resident(const ResidentArgs args) { residentForward<VANILLA_CELL, 2>(args); }
extern "C" __global__ void __launch_bounds__(512) lstm_forward_resident(const ResidentArgs args) { residentForward<LSTM_CELL, 2>(args); }
extern "C" __global__ void __launch_bounds__(512) gru_after_forward_resident(const ResidentArgs args) { residentForward<GRU_AFTER_CELL, 2>(args); }
extern "C" __global__ void __launch_bounds__(512) gru_before_forward_resident(const ResidentArgs args) { residentForward<GRU_BEFORE_CELL, 2>(args); }
// Two blocks of this one to a multiprocessor: for four of them the assembler would spill on sm_80.
extern "C" __global__ void __launch_bounds__(512, 2) vanilla_backward_resident(const ResidentGradientArgs args) { residentBackward<VANILLA_CELL, 2>(args); }
extern "C" __global__ void __launch_bounds__(512) lstm_backward_resident(const ResidentGradientArgs args) { residentBackward<LSTM_CELL, 2>(args); }
extern "C" __global__ void __launch_bounds__(512) gru_after_backward_resident(const ResidentGradientArgs args) { residentBackward<GRU_AFTER_CELL, 2>(args); }
extern "C" __global__ void __launch_bounds__(512) gru_before_backward_resident(const ResidentGradientArgs args) { residentBackward<GRU_BEFORE_CELL, 2>(args); }
