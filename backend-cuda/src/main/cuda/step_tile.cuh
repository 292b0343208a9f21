// The product inside a time step, kept in registers so that the step's pointwise part follows at once.
#pragma once
#include "portable.cuh"

#define STEP_THREADS 128

// N neighbors out of shared memory, 16 bytes at a time where there are four.
template <int N>
static __device__ __forceinline__ void loadRow(float* to, const float* from) {
  if (N % 4 == 0) {
#pragma unroll
    for (int i = 0; i + 3 < N; i += 4) {
      float4 v = load4(from + i);
      to[i] = v.x;
      to[i + 1] = v.y;
      to[i + 2] = v.z;
      to[i + 3] = v.w;
    }
  } else {
#pragma unroll
    for (int i = 0; i < N; i++) to[i] = from[i];
  }
}

// A block of 128 threads multiplies 8 TM rows of A by the columns of 16 TN units, GATES columns for each unit.
// A thread owns TM rows and TN units with all their gates. Sums run in ascending k, so the shape of the tile
// changes no bit.
//   TRANSPOSED false: column of unit u and gate g is row g units + u of W (forward: h W^T)
//   TRANSPOSED true:  column of unit u is column u of W (backward: dG W); GATES is 1
template <int GATES, int TM, int TN, bool TRANSPOSED>
struct StepTile {
  static const int ROWS = 8 * TM;
  static const int UNITS = 16 * TN;
  static const int COLUMNS = UNITS * GATES;
  static const int BK = 16;
  static const int A_STRIDE = ROWS + 4;
  static const int W_STRIDE = COLUMNS + 4;
  static const int A_EACH = ROWS * BK / STEP_THREADS;
  static const int W_EACH = COLUMNS * BK / STEP_THREADS;

  float sum[TM][TN][GATES];

  __device__ __forceinline__ static int row(int i) { return blockIdx.y * ROWS + (threadIdx.x / 16) * TM + i; }
  __device__ __forceinline__ static int unit(int j) { return blockIdx.x * UNITS + (threadIdx.x % 16) * TN + j; }

  __device__ __forceinline__ void clear() {
#pragma unroll
    for (int i = 0; i < TM; i++) {
#pragma unroll
      for (int j = 0; j < TN; j++) {
#pragma unroll
        for (int g = 0; g < GATES; g++) sum[i][j][g] = 0.0f;
      }
    }
  }

  __device__ __forceinline__ static void fetch(
      float* heldA, float* heldW, const float* a, int lda, int rows, const float* w, int units, int k0, int kEnd) {
#pragma unroll
    for (int i = 0; i < A_EACH; i++) {
      int at = threadIdx.x + i * STEP_THREADS;
      int row = blockIdx.y * ROWS + at / BK;
      int k = k0 + at % BK;
      heldA[i] = row < rows && k < kEnd ? a[row * lda + k] : 0.0f;
    }
#pragma unroll
    for (int i = 0; i < W_EACH; i++) {
      int at = threadIdx.x + i * STEP_THREADS;
      int column = TRANSPOSED ? at % COLUMNS : at / BK;
      int k = k0 + (TRANSPOSED ? at / COLUMNS : at % BK);
      int unit = blockIdx.x * UNITS + column / GATES;
      bool inside = unit < units && k < kEnd;
      // 32 bits suffice: a matrix has fewer than 2^31 elements
      int from = TRANSPOSED ? k * units + unit : (column % GATES * units + unit) * kEnd + k;
      heldW[i] = inside ? w[from] : 0.0f;
    }
  }

  // a [rows, k] with leading dimension lda; w [GATES units, k], or [k, units] if TRANSPOSED
  __device__ __forceinline__ void multiply(const float* a, int lda, int rows, const float* w, int units, int kEnd) {
    SHARED_ARRAY(float, as, BK * A_STRIDE);
    SHARED_ARRAY(float, ws, BK * W_STRIDE);
    float heldA[A_EACH], heldW[W_EACH];
    int tx = threadIdx.x % 16;
    int ty = threadIdx.x / 16;
    fetch(heldA, heldW, a, lda, rows, w, units, 0, kEnd);
    for (int k0 = 0; k0 < kEnd; k0 += BK) {
#pragma unroll
      for (int i = 0; i < A_EACH; i++) {
        int at = threadIdx.x + i * STEP_THREADS;
        as[at % BK * A_STRIDE + at / BK] = heldA[i];
      }
#pragma unroll
      for (int i = 0; i < W_EACH; i++) {
        int at = threadIdx.x + i * STEP_THREADS;
        int column = TRANSPOSED ? at % COLUMNS : at / BK;
        ws[(TRANSPOSED ? at / COLUMNS : at % BK) * W_STRIDE + column] = heldW[i];
      }
      __syncthreads();
      if (k0 + BK < kEnd) fetch(heldA, heldW, a, lda, rows, w, units, k0 + BK, kEnd);
#pragma unroll 4
      for (int k = 0; k < BK; k++) {
        float left[TM], right[TN * GATES];
        loadRow<TM>(left, as + k * A_STRIDE + ty * TM);
        loadRow<TN * GATES>(right, ws + k * W_STRIDE + tx * TN * GATES);
#pragma unroll
        for (int i = 0; i < TM; i++) {
#pragma unroll
          for (int j = 0; j < TN; j++) {
#pragma unroll
            for (int g = 0; g < GATES; g++) sum[i][j][g] = fmaf(left[i], right[j * GATES + g], sum[i][j][g]);
          }
        }
      }
      __syncthreads();
    }
  }
};

// Whether step "time" of a row is real; without lengths all are.
static __device__ __forceinline__ bool isReal(const int* lengths, int row, int time) {
  return lengths == nullptr || time < lengths[row];
}
