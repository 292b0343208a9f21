// What differs between nvcc and the test rig, which compiles these very sources with g++.
#pragma once

#ifdef __CUDACC__
#define SHARED_ARRAY(T, name, n) __shared__ __align__(16) T name[n]
// The shared memory whose size the launch decides.
#define SHARED_OF_LAUNCH(T, name)                         \
  extern __shared__ __align__(16) unsigned char ofLaunch[]; \
  T* name = reinterpret_cast<T*>(ofLaunch)
#else
// nvcc: the struct may be pointed into where it lies, instead of being copied to each thread's stack.
#define __grid_constant__
// One block of memory per declaration and thread block; the rig poisons it first.
#define SHARED_ARRAY(T, name, n)   \
  static const char name##_key = 0; \
  T* name = static_cast<T*>(twin::sharedArray(&name##_key, sizeof(T) * (n)))
#define SHARED_OF_LAUNCH(T, name) T* name = static_cast<T*>(twin::sharedOfLaunch())
#endif

// A grid-stride loop over n elements: right for any grid.
#define EACH_ELEMENT(i, n)                                                  \
  for (unsigned i = blockIdx.x * blockDim.x + threadIdx.x; i < (unsigned)(n); \
       i += gridDim.x * blockDim.x)

// Four floats of shared memory in one read. In nvcc's own hands such reads are merged and split again in an order
// that changes from run to run, and cost half as many registers more.
static __device__ __forceinline__ float4 load4(const float* p) {
#ifdef __CUDACC__
  float4 v;
  asm volatile("ld.shared.v4.f32 {%0, %1, %2, %3}, [%4];"
               : "=f"(v.x), "=f"(v.y), "=f"(v.z), "=f"(v.w)
               : "r"((unsigned)__cvta_generic_to_shared(p))
               : "memory");
  return v;
#else
  return *reinterpret_cast<const float4*>(p);
#endif
}
