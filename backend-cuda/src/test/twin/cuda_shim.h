// The small part of CUDA C++ that our kernels use, for g++. Force-included before the kernels' sources; nvcc
// never sees it. What happens behind it is in engine.cpp.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#define __global__
#define __device__
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...)
#define __align__(n) __attribute__((aligned(n)))

struct uint3 { unsigned x, y, z; };
struct __attribute__((aligned(16))) float4 { float x, y, z, w; };

namespace twin {
struct Thread { uint3 index; unsigned linear; };
struct Block { uint3 index; };
extern Thread* thread;
extern Block* block;
extern uint3 blockExtent, gridExtent;
void barrier(int line, const char* file);
void warpBarrier();
uint32_t shuffle(uint32_t value, int lane);
void yield();
void* sharedArray(const void* key, size_t bytes);
void* sharedOfLaunch();
inline int lane() { return thread->linear & 31; }
template <class T> T shuffleAny(T value, int lane) {
  static_assert(sizeof(T) == 4, "32-bit shuffles only");
  uint32_t bits;
  std::memcpy(&bits, &value, 4);
  bits = shuffle(bits, lane & 31);
  std::memcpy(&value, &bits, 4);
  return value;
}
}  // namespace twin

#define threadIdx (twin::thread->index)
#define blockIdx (twin::block->index)
#define blockDim (twin::blockExtent)
#define gridDim (twin::gridExtent)
#define __syncthreads() twin::barrier(__LINE__, __FILE__)
#define __threadfence() ((void)0)
static inline void __syncwarp(unsigned = ~0u) { twin::warpBarrier(); }
static inline void __nanosleep(unsigned) { twin::yield(); }
template <class T> static inline T __shfl_sync(unsigned, T v, int lane) { return twin::shuffleAny(v, lane); }
template <class T> static inline T __shfl_xor_sync(unsigned, T v, int mask) { return twin::shuffleAny(v, twin::lane() ^ mask); }
template <class T> static inline T __shfl_down_sync(unsigned, T v, int by) {
  int from = twin::lane() + by;
  return twin::shuffleAny(v, from > 31 ? twin::lane() : from);
}
template <class T> static inline T __ldg(const T* p) { return *p; }
template <class T> static inline T __ldcg(const T* p) { return *p; }
template <class T> static inline void __stcg(T* p, T v) { *p = v; }
// One OS thread runs everything and nothing preempts it.
static inline unsigned atomicAdd(unsigned* p, unsigned v) { unsigned old = *p; *p = old + v; return old; }
using std::isinf;
using std::isnan;
using std::max;
using std::min;
