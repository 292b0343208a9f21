// The products of gemm.cu on tensor cores: operands rounded to TF32 (10 bits of mantissa), sums in fp32. A tile of
// C is one chain of 16 x 8 x 8 steps in ascending k, so a device's bits depend on shapes alone; they differ from
// gemm.cu's. Devices before 8.0 have no such cores and this file is empty for them.
#include "portable.cuh"

#if !defined(RECUR4J_SM) || RECUR4J_SM >= 80

// The nearest number with 10 bits of mantissa, ties away from zero.
static __device__ __forceinline__ unsigned roundToTf32(float x) {
  unsigned rounded;
#ifdef __CUDACC__
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(rounded) : "f"(x));
#else
  std::memcpy(&rounded, &x, 4);
  bool finite = (rounded & 0x7f800000u) != 0x7f800000u;
  rounded = finite ? (rounded + 0x1000u) & ~0x1fffu : isnan(x) ? 0x7fffffffu : rounded;
#endif
  return rounded;
}

// C += A B for a warp: A is 16 x 8, B 8 x 8. With group = lane / 4 and part = lane % 4 a thread holds
//   a: (group, part), (group + 8, part), (group, part + 4), (group + 8, part + 4)
//   b: (part, group), (part + 4, group)
//   c: (group, 2 part), (group, 2 part + 1), (group + 8, 2 part), (group + 8, 2 part + 1)
// Source: PTX ISA, section "Matrix Fragments for mma.m16n8k8" (.tf32).
static __device__ __forceinline__ void multiplyTf32(float* c, const unsigned* a, const unsigned* b) {
#ifdef __CUDACC__
  asm("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
      : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
#else
  int group = threadIdx.x % 32 / 4;
  int part = threadIdx.x % 4;
  for (int k = 0; k < 8; k++) {
    float row[2], column[2];
    for (int i = 0; i < 2; i++) {
      unsigned left = __shfl_sync(~0u, a[k / 4 * 2 + i], group * 4 + k % 4);
      std::memcpy(&row[i], &left, 4);
    }
    for (int j = 0; j < 2; j++) {
      unsigned right = __shfl_sync(~0u, b[k / 4], (2 * part + j) * 4 + k % 4);
      std::memcpy(&column[j], &right, 4);
    }
    for (int i = 0; i < 4; i++) c[i] = fmaf(row[i / 2], column[i % 2], c[i]);
  }
#endif
}

// A thread's share of a tile [EXTENT][16], rounded on its way into shared memory as [16][EXTENT + 8]: with 8 words
// between rows the 32 words that a warp reads for a fragment lie in 32 banks.
template <int EXTENT, int THREADS>
struct Tf32Loader {
  static const int BK = 16;
  static const int STRIDE = EXTENT + 8;
  static const int PER_THREAD = EXTENT * BK / THREADS;
  float held[PER_THREAD];

  __device__ __forceinline__ void fetch(const float* source, int ld, bool alongK, int row0, int rows, int k0, int kEnd) {
#pragma unroll
    for (int i = 0; i < PER_THREAD; i++) {
      int at = threadIdx.x + i * THREADS;
      int row = row0 + (alongK ? at / BK : at % EXTENT);
      int k = k0 + (alongK ? at % BK : at / EXTENT);
      bool inside = row < rows && k < kEnd;
      held[i] = inside ? source[alongK ? (long long)row * ld + k : (long long)k * ld + row] : 0.0f;
    }
  }

  __device__ __forceinline__ void store(unsigned* tile, bool alongK) const {
#pragma unroll
    for (int i = 0; i < PER_THREAD; i++) {
      int at = threadIdx.x + i * THREADS;
      int row = alongK ? at / BK : at % EXTENT;
      int k = alongK ? at % BK : at / EXTENT;
      tile[k * STRIDE + row] = roundToTf32(held[i]);
    }
  }
};

// A block computes BM x BN, each of its warps WM x WN.
template <int BM, int BN, int WM, int WN>
static __device__ __forceinline__ void gemmTf32(const GemmArgs& args) {
  const int WARPS_ACROSS = BN / WN;
  const int THREADS = BM / WM * WARPS_ACROSS * 32;
  typedef Tf32Loader<BM, THREADS> LoaderA;
  typedef Tf32Loader<BN, THREADS> LoaderB;
  const int BK = LoaderA::BK;
  // two of each: one is filled while the other is read
  SHARED_ARRAY(unsigned, as, 2 * BK * LoaderA::STRIDE);
  SHARED_ARRAY(unsigned, bs, 2 * BK * LoaderB::STRIDE);
  int warp = threadIdx.x / 32;
  int group = threadIdx.x % 32 / 4;
  int part = threadIdx.x % 4;
  int warpRow = warp / WARPS_ACROSS * WM;
  int warpColumn = warp % WARPS_ACROSS * WN;
  int row0 = blockIdx.y * BM;
  int column0 = blockIdx.x * BN;
  bool alongA = !args.transposeA;
  bool alongB = args.transposeB;
  int turn = 0;
  for (int entry = blockIdx.z; entry < args.count; entry += gridDim.z) {
    const float* a = args.a + entry * args.strideA;
    const float* b = args.b + entry * args.strideB;
    float* c = args.c + entry * args.strideC;
    int kFrom = args.chunk > 0 ? entry * args.chunk : 0;
    int kEnd = args.chunk > 0 && kFrom + args.chunk < args.k ? kFrom + args.chunk : args.k;
    float sum[WM / 16][WN / 8][4];
#pragma unroll
    for (int i = 0; i < WM / 16; i++) {
#pragma unroll
      for (int j = 0; j < WN / 8; j++) {
#pragma unroll
        for (int e = 0; e < 4; e++) sum[i][j][e] = 0.0f;
      }
    }
    LoaderA loadA;
    LoaderB loadB;
    loadA.fetch(a, args.lda, alongA, row0, args.m, kFrom, kEnd);
    loadB.fetch(b, args.ldb, alongB, column0, args.n, kFrom, kEnd);
    for (int k0 = kFrom; k0 < kEnd; k0 += BK, turn ^= 1) {
      unsigned* at = as + turn * BK * LoaderA::STRIDE;
      unsigned* bt = bs + turn * BK * LoaderB::STRIDE;
      loadA.store(at, alongA);
      loadB.store(bt, alongB);
      // Whoever passes has finished reading the other pair of tiles, which the next round fills.
      __syncthreads();
      if (k0 + BK < kEnd) {
        loadA.fetch(a, args.lda, alongA, row0, args.m, k0 + BK, kEnd);
        loadB.fetch(b, args.ldb, alongB, column0, args.n, k0 + BK, kEnd);
      }
#pragma unroll
      for (int k = 0; k < BK; k += 8) {
        unsigned left[WM / 16][4], right[WN / 8][2];
#pragma unroll
        for (int i = 0; i < WM / 16; i++) {
#pragma unroll
          for (int e = 0; e < 4; e++) {
            left[i][e] = at[(k + part + e / 2 * 4) * LoaderA::STRIDE + warpRow + i * 16 + group + e % 2 * 8];
          }
        }
#pragma unroll
        for (int j = 0; j < WN / 8; j++) {
#pragma unroll
          for (int e = 0; e < 2; e++) {
            right[j][e] = bt[(k + part + e * 4) * LoaderB::STRIDE + warpColumn + j * 8 + group];
          }
        }
#pragma unroll
        for (int i = 0; i < WM / 16; i++) {
#pragma unroll
          for (int j = 0; j < WN / 8; j++) multiplyTf32(sum[i][j], left[i], right[j]);
        }
      }
    }
#pragma unroll
    for (int i = 0; i < WM / 16; i++) {
#pragma unroll
      for (int j = 0; j < WN / 8; j++) {
#pragma unroll
        for (int e = 0; e < 4; e++) {
          int row = row0 + warpRow + i * 16 + group + e / 2 * 8;
          int column = column0 + warpColumn + j * 8 + 2 * part + e % 2;
          if (row < args.m && column < args.n) {
            float* to = c + (long long)row * args.ldc + column;
            float value = args.alpha * sum[i][j][e];
            if (args.bias != nullptr) value += args.bias[column];
            if (args.beta != 0) value = fmaf(args.beta, *to, value);
            *to = value;
          }
        }
      }
    }
  }
}

extern "C" __global__ void __launch_bounds__(256) gemm_tf32_128(const GemmArgs args) { gemmTf32<128, 128, 64, 32>(args); }

extern "C" __global__ void __launch_bounds__(128) gemm_tf32_64(const GemmArgs args) { gemmTf32<64, 64, 32, 32>(args); }

#endif
