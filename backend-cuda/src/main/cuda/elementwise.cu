// Elementwise kernels. "Words" are 32-bit elements of any type.
#include "activations.cuh"

struct FillWordsArgs {
  unsigned* y;
  unsigned value;
  unsigned n;
};

extern "C" __global__ void fill_words(const FillWordsArgs args) {
  EACH_ELEMENT(i, args.n) { args.y[i] = args.value; }
}

// Where element i of a row-major shape stands in one or two operands that are broadcast to it. Axes that run
// together are merged by the host; rank 1 with steps 1 is the plain case.
struct Broadcast {
  int rank;
  unsigned extents[8];
  unsigned first[8];
  unsigned second[8];
};

static __device__ __forceinline__ void locate(const Broadcast& shape, unsigned i, unsigned& first, unsigned& second) {
  first = 0;
  second = 0;
  for (int axis = shape.rank - 1; axis > 0; axis--) {
    unsigned rest = i / shape.extents[axis];
    unsigned index = i - rest * shape.extents[axis];
    first += index * shape.first[axis];
    second += index * shape.second[axis];
    i = rest;
  }
  first += i * shape.first[0];
  second += i * shape.second[0];
}

struct CopyWordsArgs {
  const unsigned* x;
  unsigned* y;
  unsigned n;
  Broadcast shape;
};

extern "C" __global__ void copy_words(const __grid_constant__ CopyWordsArgs args) {
  EACH_ELEMENT(i, args.n) {
    unsigned from, unused;
    locate(args.shape, i, from, unused);
    args.y[i] = args.x[from];
  }
}

struct ScaleAddArgs {
  const float* x;
  float* y;
  float alpha;
  float beta;
  unsigned n;
};

// y = alpha x + beta y; with beta 0 the old y is not read.
extern "C" __global__ void scale_add(const ScaleAddArgs args) {
  EACH_ELEMENT(i, args.n) {
    float scaled = args.alpha * args.x[i];
    args.y[i] = args.beta == 0 ? scaled : fmaf(args.beta, args.y[i], scaled);
  }
}

struct AffineMapArgs {
  const float* x;
  float* y;
  float alpha;
  float beta;
  unsigned n;
};

extern "C" __global__ void affine_map(const AffineMapArgs args) {
  EACH_ELEMENT(i, args.n) { args.y[i] = fmaf(args.alpha, args.x[i], args.beta); }
}

// The numbers are those of KernelCodes.java.
enum UnaryFunction { NEGATE, ABSOLUTE, SIGN, EXPONENTIAL, LOGARITHM, SQUARE_ROOT, SQUARE, RECIPROCAL };

struct UnaryMapArgs {
  const float* x;
  float* y;
  int function;
  unsigned n;
};

extern "C" __global__ void unary_map(const UnaryMapArgs args) {
  EACH_ELEMENT(i, args.n) {
    float x = args.x[i];
    float y;
    switch (args.function) {
      case NEGATE: y = -x; break;
      case ABSOLUTE: y = fabsf(x); break;
      case SIGN: y = x > 0 ? 1.0f : x < 0 ? -1.0f : x; break;
      case EXPONENTIAL: y = expf(x); break;
      case LOGARITHM: y = logf(x); break;
      case SQUARE_ROOT: y = sqrtf(x); break;
      case SQUARE: y = x * x; break;
      default: y = 1.0f / x;
    }
    args.y[i] = y;
  }
}

// The numbers are those of KernelCodes.java.
enum BinaryFunction { ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM, GREATER_OR_EQUAL };

struct BinaryMapArgs {
  const float* a;
  const float* b;
  float* y;
  int function;
  unsigned n;
  Broadcast shape;
};

extern "C" __global__ void binary_map(const BinaryMapArgs args) {
  EACH_ELEMENT(i, args.n) {
    unsigned first, second;
    locate(args.shape, i, first, second);
    float a = args.a[first];
    float b = args.b[second];
    float y;
    switch (args.function) {
      case ADD: y = a + b; break;
      case SUBTRACT: y = a - b; break;
      case MULTIPLY: y = a * b; break;
      case DIVIDE: y = a / b; break;
      // NaN if either is NaN, unlike fmaxf
      case MAXIMUM: y = isnan(a) || a > b ? a : b; break;
      case MINIMUM: y = isnan(a) || a < b ? a : b; break;
      default: y = a >= b ? 1.0f : 0.0f;
    }
    args.y[i] = y;
  }
}

struct AddProductArgs {
  const float* a;
  const float* b;
  float* y;
  unsigned n;
};

extern "C" __global__ void add_product(const AddProductArgs args) {
  EACH_ELEMENT(i, args.n) { args.y[i] = fmaf(args.a[i], args.b[i], args.y[i]); }
}

struct ActivationMapArgs {
  const float* x;
  float* y;
  int kind;
  float alpha;
  float beta;
  unsigned n;
};

extern "C" __global__ void activation_map(const ActivationMapArgs args) {
  EACH_ELEMENT(i, args.n) { args.y[i] = activate(args.kind, args.alpha, args.beta, args.x[i]); }
}

struct ActivationGradientArgs {
  const float* y;
  const float* dy;
  float* dx;
  int kind;
  float alpha;
  float beta;
  unsigned n;
};

extern "C" __global__ void activation_gradient(const ActivationGradientArgs args) {
  EACH_ELEMENT(i, args.n) { args.dx[i] = args.dy[i] * derivative(args.kind, args.alpha, args.beta, args.y[i]); }
}
