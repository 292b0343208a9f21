// Softmax and cross-entropy along rows, one block of 64 threads a row; sums in double precision.
#include "portable.cuh"

#define ROW_THREADS 64

static __device__ __forceinline__ double rowSum(double value, double* part) {
  __syncthreads();
  part[threadIdx.x] = value;
  __syncthreads();
  for (int half = ROW_THREADS / 2; half > 0; half /= 2) {
    if (threadIdx.x < half) part[threadIdx.x] += part[threadIdx.x + half];
    __syncthreads();
  }
  return part[0];
}

// The largest over the block; NaN wins, so that it reaches every element as it would in a sum.
static __device__ __forceinline__ float rowLargest(float value, double* part) {
  __syncthreads();
  part[threadIdx.x] = value;
  __syncthreads();
  for (int half = ROW_THREADS / 2; half > 0; half /= 2) {
    if (threadIdx.x < half) part[threadIdx.x] = larger(part[threadIdx.x], part[threadIdx.x + half]);
    __syncthreads();
  }
  return (float)part[0];
}

struct SoftmaxArgs {
  const float* x;     // [rows, n]
  const float* mask;  // null for none
  float* y;
  unsigned n;
  Broadcast shape;  // of the mask, toward x
};

extern "C" __global__ void __launch_bounds__(ROW_THREADS) softmax_rows(const __grid_constant__ SoftmaxArgs args) {
  SHARED_ARRAY(double, part, ROW_THREADS);
  long long base = (long long)blockIdx.x * args.n;
  float largest = -INFINITY;
  int kept = 0;
  for (unsigned i = threadIdx.x; i < args.n; i += ROW_THREADS) {
    unsigned at = 0, unused;
    if (args.mask != nullptr) locate(args.shape, (unsigned)(base + i), at, unused);
    if (args.mask == nullptr || args.mask[at] != 0) {
      float x = args.x[base + i];
      largest = kept == 0 || isnan(x) || x > largest ? x : largest;
      kept++;
    }
  }
  largest = rowLargest(largest, part);
  double sum = 0.0;
  for (unsigned i = threadIdx.x; i < args.n; i += ROW_THREADS) {
    unsigned at = 0, unused;
    if (args.mask != nullptr) locate(args.shape, (unsigned)(base + i), at, unused);
    bool in = args.mask == nullptr || args.mask[at] != 0;
    float power = in ? expf(args.x[base + i] - largest) : 0.0f;
    sum += power;
    args.y[base + i] = power;
  }
  sum = rowSum(sum, part);
  for (unsigned i = threadIdx.x; i < args.n; i += ROW_THREADS) {
    float power = args.y[base + i];
    // a row that is masked out whole has the sum 0 and stays 0
    args.y[base + i] = sum == 0 ? 0.0f : (float)(power / sum);
  }
}

struct SoftmaxGradientArgs {
  const float* y;
  const float* dy;
  float* dx;
  unsigned n;
};

extern "C" __global__ void __launch_bounds__(ROW_THREADS) softmax_gradient(const SoftmaxGradientArgs args) {
  SHARED_ARRAY(double, part, ROW_THREADS);
  long long base = (long long)blockIdx.x * args.n;
  double sum = 0.0;
  for (unsigned i = threadIdx.x; i < args.n; i += ROW_THREADS) sum += (double)args.y[base + i] * args.dy[base + i];
  sum = rowSum(sum, part);
  for (unsigned i = threadIdx.x; i < args.n; i += ROW_THREADS) {
    args.dx[base + i] = (float)(args.y[base + i] * (args.dy[base + i] - sum));
  }
}

struct CrossEntropyArgs {
  const float* logits;   // [rows, n]
  const int* labels;     // [rows], -1 leaves a row out
  const float* weights;  // [rows], or null
  float* loss;           // [rows]
  float* gradient;       // [rows, n], or null; may be logits
  Fault* fault;
  float smoothing;
  int n;
};

extern "C" __global__ void __launch_bounds__(ROW_THREADS) cross_entropy(const CrossEntropyArgs args) {
  SHARED_ARRAY(double, part, ROW_THREADS);
  unsigned row = blockIdx.x;
  long long base = (long long)row * args.n;
  int label = args.labels[row];
  float weight = args.weights == nullptr ? 1.0f : args.weights[row];
  bool bad = outside(args.fault, 3, label, args.n);
  if (bad || label < 0 || weight == 0) {
    if (threadIdx.x == 0) args.loss[row] = 0.0f;
    if (args.gradient != nullptr) {
      for (int i = threadIdx.x; i < args.n; i += ROW_THREADS) args.gradient[base + i] = 0.0f;
    }
    return;
  }
  float largest = -INFINITY;
  double all = 0.0;
  for (int i = threadIdx.x; i < args.n; i += ROW_THREADS) {
    float x = args.logits[base + i];
    largest = isnan(x) || x > largest ? x : largest;
    all += x;
  }
  largest = rowLargest(largest, part);
  all = rowSum(all, part);
  double sum = 0.0;
  for (int i = threadIdx.x; i < args.n; i += ROW_THREADS) sum += expf(args.logits[base + i] - largest);
  sum = rowSum(sum, part);
  double smoothing = args.smoothing;
  // before the gradient may overwrite the logits
  double chosen = args.logits[base + label];
  __syncthreads();
  if (threadIdx.x == 0) {
    double target = (1 - smoothing) * chosen + (smoothing == 0 ? 0.0 : smoothing * (all / args.n));
    args.loss[row] = (float)(weight * (largest + log(sum) - target));
  }
  if (args.gradient != nullptr) {
    for (int i = threadIdx.x; i < args.n; i += ROW_THREADS) {
      double share = smoothing / args.n + (i == label ? 1 - smoothing : 0.0);
      args.gradient[base + i] = (float)(weight * (expf(args.logits[base + i] - largest) / sum - share));
    }
  }
}
