// What the device itself can do: arithmetic, memory, launches, graphs, barriers. gpu-check.sh compiles this with
// nvcc on the machine it measures; nothing of the backend is in it, so that nothing of the backend limits it.
//   nvcc -O3 -std=c++17 -arch=native -o ceilings ceilings.cu && ./ceilings
#include <cooperative_groups.h>
#include <cuda_runtime.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

static void check(cudaError_t code, const char* what) {
  if (code != cudaSuccess) {
    std::fprintf(stderr, "ceilings: %s: %s\n", what, cudaGetErrorString(code));
    std::exit(1);
  }
}
#define CHECK(call) check(call, #call)

static cudaStream_t stream;

// Median milliseconds of one call between two events, the calls of a sample handed over without a wait.
static double milliseconds(int calls, const std::function<void()>& work) {
  cudaEvent_t from, to;
  CHECK(cudaEventCreate(&from));
  CHECK(cudaEventCreate(&to));
  for (int i = 0; i < 3; i++) work();
  std::vector<double> samples;
  for (int sample = 0; sample < 9; sample++) {
    CHECK(cudaEventRecord(from, stream));
    for (int i = 0; i < calls; i++) work();
    CHECK(cudaEventRecord(to, stream));
    CHECK(cudaEventSynchronize(to));
    float elapsed;
    CHECK(cudaEventElapsedTime(&elapsed, from, to));
    samples.push_back(elapsed / calls);
  }
  CHECK(cudaGetLastError());
  std::sort(samples.begin(), samples.end());
  CHECK(cudaEventDestroy(from));
  CHECK(cudaEventDestroy(to));
  return samples[samples.size() / 2];
}

static void row(const char* what, double ms, double amount, const char* unit) {
  std::printf("ceiling\tdevice %s\t%.5f ms\t%.2f %s\n", what, ms, amount, unit);
  std::fflush(stdout);
}

// Chains of multiply-adds, many at once in each thread: 2 * 16 * 1024 operations a thread.
__global__ void multiplyAdd(float* out, float factor) {
  float sum[16];
  for (int i = 0; i < 16; i++) sum[i] = threadIdx.x + i;
  for (int round = 0; round < 1024; round++) {
#pragma unroll
    for (int i = 0; i < 16; i++) sum[i] = fmaf(sum[i], factor, 1.0f);
  }
  float all = 0;
  for (int i = 0; i < 16; i++) all += sum[i];
  if (all == -1) out[threadIdx.x] = all;
}

__global__ void nothing() {}

__global__ void blockBarriers(int rounds) {
  for (int i = 0; i < rounds; i++) __syncthreads();
}

// A barrier over a grid whose blocks are all resident: a counter that only grows.
__global__ void gridBarriers(unsigned* counter, int rounds) {
  for (int round = 1; round <= rounds; round++) {
    __syncthreads();
    if (threadIdx.x == 0) {
      __threadfence();
      atomicAdd(counter, 1u);
      while (*(volatile unsigned*)counter < (unsigned)round * gridDim.x) {
      }
      __threadfence();
    }
    __syncthreads();
  }
}

// Empty on devices without clusters, where nobody launches it.
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ < 900
__global__ void clusterBarriers(int) {}
#else
__global__ void __cluster_dims__(8, 1, 1) clusterBarriers(int rounds) {
  for (int i = 0; i < rounds; i++) cooperative_groups::this_cluster().sync();
}
#endif

static void arithmetic(int multiprocessors) {
  float* out;
  CHECK(cudaMalloc(&out, 4096));
  int blocks = multiprocessors * 16;
  double ms = milliseconds(5, [&] { multiplyAdd<<<blocks, 256, 0, stream>>>(out, 0.999f); });
  row("fp32 multiply-adds in registers", ms, 2.0 * 16 * 1024 * 256 * blocks / ms / 1e9, "TFLOP/s");
  CHECK(cudaFree(out));
}

static void copies() {
  size_t bytes = size_t(512) << 20;
  char *one, *two, *pinned;
  CHECK(cudaMalloc(&one, bytes));
  CHECK(cudaMalloc(&two, bytes));
  CHECK(cudaMallocHost(&pinned, bytes / 8));
  CHECK(cudaMemset(one, 1, bytes));
  double ms = milliseconds(4, [&] { CHECK(cudaMemcpyAsync(two, one, bytes, cudaMemcpyDeviceToDevice, stream)); });
  row("copy of 512 MiB, bytes read and written", ms, 2.0 * bytes / ms / 1e6, "GB/s");
  ms = milliseconds(2, [&] { CHECK(cudaMemcpyAsync(one, pinned, bytes / 8, cudaMemcpyHostToDevice, stream)); });
  row("upload of 64 MiB, pinned", ms, bytes / 8 / ms / 1e6, "GB/s");
  ms = milliseconds(2, [&] { CHECK(cudaMemcpyAsync(pinned, one, bytes / 8, cudaMemcpyDeviceToHost, stream)); });
  row("download of 64 MiB, pinned", ms, bytes / 8 / ms / 1e6, "GB/s");
  CHECK(cudaFree(one));
  CHECK(cudaFree(two));
  CHECK(cudaFreeHost(pinned));
}

static void launches() {
  double ms = milliseconds(1000, [] { nothing<<<1, 32, 0, stream>>>(); });
  row("launch of an empty kernel", ms, ms * 1e3, "us");
  for (int nodes : {100, 1000}) {
    cudaGraph_t graph;
    cudaGraphExec_t exec;
    CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
    for (int i = 0; i < nodes; i++) nothing<<<1, 32, 0, stream>>>();
    CHECK(cudaStreamEndCapture(stream, &graph));
    CHECK(cudaGraphInstantiate(&exec, graph, 0));
    ms = milliseconds(10, [&] { CHECK(cudaGraphLaunch(exec, stream)); });
    char what[64];
    std::snprintf(what, sizeof what, "graph of %d empty kernels, one after another", nodes);
    row(what, ms, ms * 1e3 / nodes, "us a node");
    auto from = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; i++) {
      CHECK(cudaGraphLaunch(exec, stream));
      CHECK(cudaStreamSynchronize(stream));
    }
    double each = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count() / 20;
    std::snprintf(what, sizeof what, "the same, launched from the host and waited for");
    row(what, each, each * 1e3 / nodes, "us a node");
    CHECK(cudaGraphExecDestroy(exec));
    CHECK(cudaGraphDestroy(graph));
  }
}

static void barriers(const cudaDeviceProp& device) {
  const int rounds = 1000;
  double ms = milliseconds(3, [] { blockBarriers<<<1, 256, 0, stream>>>(rounds); });
  row("barrier of a block of 256 threads", ms, ms * 1e6 / rounds, "ns");
  unsigned* counter;
  CHECK(cudaMalloc(&counter, 4));
  for (int blocks : {2, 16, device.multiProcessorCount}) {
    double with = milliseconds(3, [&] {
      CHECK(cudaMemsetAsync(counter, 0, 4, stream));
      int count = rounds;
      void* arguments[] = {&counter, &count};
      CHECK(cudaLaunchCooperativeKernel((const void*)gridBarriers, dim3(blocks), dim3(256), arguments, 0, stream));
    });
    char what[64];
    std::snprintf(what, sizeof what, "barrier of a grid of %d blocks of 256 threads", blocks);
    row(what, with, with * 1e6 / rounds, "ns");
  }
  CHECK(cudaFree(counter));
  if (device.major >= 9) {
    ms = milliseconds(3, [] { clusterBarriers<<<8, 256, 0, stream>>>(rounds); });
    row("barrier of a cluster of 8 blocks of 256 threads", ms, ms * 1e6 / rounds, "ns");
  } else {
    std::printf("ceiling\tdevice barrier of a cluster\t-\tnot measured: it needs compute capability 9.0\n");
  }
}

int main() {
  int count = 0;
  if (cudaGetDeviceCount(&count) != cudaSuccess || count == 0) {
    std::fprintf(stderr, "ceilings: no device\n");
    return 4;
  }
  cudaDeviceProp device;
  CHECK(cudaGetDeviceProperties(&device, 0));
  CHECK(cudaStreamCreate(&stream));
  std::printf("ceiling\tdevice %s\t%d multiprocessors\t%.1f GiB\n", device.name, device.multiProcessorCount,
              device.totalGlobalMem / 1073741824.0);
  arithmetic(device.multiProcessorCount);
  copies();
  launches();
  barriers(device);
  return 0;
}
