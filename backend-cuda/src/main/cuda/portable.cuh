// What differs between nvcc and the test rig, which compiles these very sources with g++.
#pragma once

#ifdef __CUDACC__
#define SHARED_ARRAY(T, name, n) __shared__ __align__(16) T name[n]
#else
// One block of memory per declaration and thread block; the rig poisons it first.
#define SHARED_ARRAY(T, name, n)   \
  static const char name##_key = 0; \
  T* name = static_cast<T*>(twin::sharedArray(&name##_key, sizeof(T) * (n)))
#endif

// A grid-stride loop over n elements: right for any grid.
#define EACH_ELEMENT(i, n)                                                  \
  for (unsigned i = blockIdx.x * blockDim.x + threadIdx.x; i < (unsigned)(n); \
       i += gridDim.x * blockDim.x)

static __device__ __forceinline__ float4 load4(const float* p) {
  return *reinterpret_cast<const float4*>(p);
}
