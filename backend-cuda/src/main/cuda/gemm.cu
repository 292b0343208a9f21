// C = alpha op(A) op(B) + beta C (+ a bias per column), row-major, register-blocked over tiles in shared memory.
//
// Every element of C is one chain of fused multiply-adds in ascending k, so the tile chosen changes no bit.
#include "portable.cuh"

struct GemmArgs {
  const float* a;
  const float* b;
  float* c;
  const float* bias;  // [n], or null
  long long strideA;  // elements between entries of a batch
  long long strideB;
  long long strideC;
  int count;  // entries of the batch
  int chunk;  // > 0: entry z takes the part [z chunk, (z+1) chunk) of k instead, and A and B have no strides
  int m;
  int n;
  int k;
  int lda;
  int ldb;
  int ldc;
  int transposeA;
  int transposeB;
  float alpha;
  float beta;
};

// One thread's share of loading a tile [EXTENT][BK] into shared memory as [BK][EXTENT + 4], by way of
// registers. "along" tells along which index memory is contiguous, so that neighboring threads read neighbors.
template <int EXTENT, int BK, int THREADS>
struct TileLoader {
  static const int PER_THREAD = EXTENT * BK / THREADS;
  static const int STRIDE = EXTENT + 4;
  float held[PER_THREAD];

  __device__ __forceinline__ void place(int i, bool alongK, int& row, int& k) const {
    int at = threadIdx.x + i * THREADS;
    row = alongK ? at / BK : at % EXTENT;
    k = alongK ? at % BK : at / EXTENT;
  }

  __device__ __forceinline__ void fetch(const float* source, int ld, bool alongK, int row0, int rows, int k0, int kEnd) {
#pragma unroll
    for (int i = 0; i < PER_THREAD; i++) {
      int row, k;
      place(i, alongK, row, k);
      row += row0;
      k += k0;
      bool inside = row < rows && k < kEnd;
      held[i] = inside ? source[alongK ? (long long)row * ld + k : (long long)k * ld + row] : 0.0f;
    }
  }

  __device__ __forceinline__ void store(float* tile, bool alongK) const {
#pragma unroll
    for (int i = 0; i < PER_THREAD; i++) {
      int row, k;
      place(i, alongK, row, k);
      tile[k * STRIDE + row] = held[i];
    }
  }
};

template <int BM, int BN, int BK, int TM, int TN>
static __device__ __forceinline__ void gemmTile(const GemmArgs& args) {
  const int THREADS = (BM / TM) * (BN / TN);
  // A thread's rows and columns come in groups of four, spread over the tile, so that its reads are 16 bytes
  // wide and a warp's reads touch every bank.
  const int ROW_GROUP = BM / (TM / 4);
  const int COLUMN_GROUP = BN / (TN / 4);
  SHARED_ARRAY(float, as, BK * (BM + 4));
  SHARED_ARRAY(float, bs, BK * (BN + 4));
  int tx = threadIdx.x % (BN / TN);
  int ty = threadIdx.x / (BN / TN);
  int row0 = blockIdx.y * BM;
  int column0 = blockIdx.x * BN;
  for (int entry = blockIdx.z; entry < args.count; entry += gridDim.z) {
    const float* a = args.a + entry * args.strideA;
    const float* b = args.b + entry * args.strideB;
    float* c = args.c + entry * args.strideC;
    int kFrom = args.chunk > 0 ? entry * args.chunk : 0;
    int kEnd = args.chunk > 0 && kFrom + args.chunk < args.k ? kFrom + args.chunk : args.k;
    TileLoader<BM, BK, THREADS> loadA;
    TileLoader<BN, BK, THREADS> loadB;
    float sum[TM][TN];
#pragma unroll
    for (int i = 0; i < TM; i++) {
#pragma unroll
      for (int j = 0; j < TN; j++) sum[i][j] = 0.0f;
    }
    bool alongA = !args.transposeA;
    bool alongB = args.transposeB;
    loadA.fetch(a, args.lda, alongA, row0, args.m, kFrom, kEnd);
    loadB.fetch(b, args.ldb, alongB, column0, args.n, kFrom, kEnd);
    for (int k0 = kFrom; k0 < kEnd; k0 += BK) {
      loadA.store(as, alongA);
      loadB.store(bs, alongB);
      __syncthreads();
      if (k0 + BK < kEnd) {
        // the next tile travels while this one is multiplied
        loadA.fetch(a, args.lda, alongA, row0, args.m, k0 + BK, kEnd);
        loadB.fetch(b, args.ldb, alongB, column0, args.n, k0 + BK, kEnd);
      }
#pragma unroll 4
      for (int k = 0; k < BK; k++) {
        float left[TM], right[TN];
#pragma unroll
        for (int g = 0; g < TM / 4; g++) {
          float4 v = load4(as + k * (BM + 4) + g * ROW_GROUP + ty * 4);
          left[g * 4] = v.x;
          left[g * 4 + 1] = v.y;
          left[g * 4 + 2] = v.z;
          left[g * 4 + 3] = v.w;
        }
#pragma unroll
        for (int g = 0; g < TN / 4; g++) {
          float4 v = load4(bs + k * (BN + 4) + g * COLUMN_GROUP + tx * 4);
          right[g * 4] = v.x;
          right[g * 4 + 1] = v.y;
          right[g * 4 + 2] = v.z;
          right[g * 4 + 3] = v.w;
        }
#pragma unroll
        for (int i = 0; i < TM; i++) {
#pragma unroll
          for (int j = 0; j < TN; j++) sum[i][j] = fmaf(left[i], right[j], sum[i][j]);
        }
      }
      __syncthreads();
    }
#pragma unroll
    for (int i = 0; i < TM; i++) {
      int row = row0 + (i / 4) * ROW_GROUP + ty * 4 + i % 4;
#pragma unroll
      for (int j = 0; j < TN; j++) {
        int column = column0 + (j / 4) * COLUMN_GROUP + tx * 4 + j % 4;
        if (row < args.m && column < args.n) {
          float* at = c + (long long)row * args.ldc + column;
          float value = args.alpha * sum[i][j];
          if (args.bias != nullptr) value += args.bias[column];
          if (args.beta != 0) value = fmaf(args.beta, *at, value);
          *at = value;
        }
      }
    }
  }
}

extern "C" __global__ void __launch_bounds__(256) gemm_128(const GemmArgs args) { gemmTile<128, 128, 8, 8, 8>(args); }

extern "C" __global__ void __launch_bounds__(256) gemm_64(const GemmArgs args) { gemmTile<64, 64, 16, 4, 4>(args); }

extern "C" __global__ void __launch_bounds__(64, 8) gemm_32(const GemmArgs args) { gemmTile<32, 32, 16, 4, 4>(args); }

struct SumChunksArgs {
  const float* parts;  // [count, n]
  float* y;
  float beta;
  int count;
  unsigned n;
};

// y = beta y + the parts in ascending order: the second half of a product whose k was cut into chunks.
extern "C" __global__ void sum_chunks(const SumChunksArgs args) {
  EACH_ELEMENT(i, args.n) {
    float sum = 0.0f;
    for (int part = 0; part < args.count; part++) sum += args.parts[(long long)part * args.n + i];
    args.y[i] = args.beta == 0 ? sum : fmaf(args.beta, args.y[i], sum);
  }
}
