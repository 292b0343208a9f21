// Kernels that are wrong on purpose, to see that the twin reports what a device would punish or, worse, not.
#include "portable.cuh"

struct FaultArgs {
  float* a;
  float* b;
  unsigned n;
  unsigned by;
};

extern "C" __global__ void fault_write_past_end(const FaultArgs args) {
  unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < args.n + args.by) args.a[i] = 1.0f;
}

extern "C" __global__ void fault_read_past_end(const FaultArgs args) {
  unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < args.n) args.b[i] = args.a[i + args.by];
}

// Half of the threads never come to the barrier that the others wait at: they wait for the others.
extern "C" __global__ void fault_deadlock(const FaultArgs args) {
  if (threadIdx.x < args.n / 2) {
    __syncthreads();
    args.a[threadIdx.x] = 1.0f;
  } else {
    while (*(volatile float*)args.a != 1.0f) __nanosleep(20);
  }
}

// Two barriers in two branches: some devices hang, some go on with half-written memory.
extern "C" __global__ void fault_two_barriers(const FaultArgs args) {
  if (threadIdx.x % 2) {
    __syncthreads();
  } else {
    __syncthreads();
  }
  args.a[threadIdx.x] = 1.0f;
}

// Copies; right by itself. What is wrong is what the host does around it.
extern "C" __global__ void fault_copy(const FaultArgs args) {
  unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < args.n) args.b[i] = args.a[i];
}
