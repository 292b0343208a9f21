// One pass over a parameter. Clip factor and learning rate stay on the device; a factor of exactly 0 says that
// the gradient is not finite, and nothing moves.
#include "portable.cuh"

struct ClipFactorArgs {
  const float* squaredSum;
  float* factor;
  float maximumNorm;
};

extern "C" __global__ void clip_factor(const ClipFactorArgs args) {
  if (blockIdx.x == 0 && threadIdx.x == 0) {
    float sum = *args.squaredSum;
    float factor = sum == 0 ? 1.0f : args.maximumNorm / sqrtf(sum);
    *args.factor = isnan(sum) || isinf(sum) ? 0.0f : factor < 1.0f ? factor : 1.0f;
  }
}

struct SgdArgs {
  const float* rate;
  const float* scale;
  const float* gradient;
  float* velocity;  // null without momentum
  float* parameter;
  float momentum;
  float decay;
  int nesterov;
  unsigned n;
};

extern "C" __global__ void sgd_update(const SgdArgs args) {
  float scale = *args.scale;
  if (scale == 0) return;
  float rate = *args.rate;
  EACH_ELEMENT(i, args.n) {
    float p = args.parameter[i];
    float g = fmaf(scale, args.gradient[i], args.decay * p);
    if (args.velocity != nullptr) {
      float v = fmaf(args.momentum, args.velocity[i], g);
      args.velocity[i] = v;
      g = args.nesterov ? fmaf(args.momentum, v, g) : v;
    }
    args.parameter[i] = p - rate * g;
  }
}

struct RmsPropArgs {
  const float* rate;
  const float* scale;
  const float* gradient;
  float* squares;
  float* parameter;
  float alpha;
  float rest;  // 1 - alpha, taken in double precision
  float epsilon;
  float decay;
  unsigned n;
};

extern "C" __global__ void rms_prop_update(const RmsPropArgs args) {
  float scale = *args.scale;
  if (scale == 0) return;
  float rate = *args.rate;
  EACH_ELEMENT(i, args.n) {
    float p = args.parameter[i];
    float g = fmaf(scale, args.gradient[i], args.decay * p);
    float s = fmaf(args.alpha, args.squares[i], args.rest * g * g);
    args.squares[i] = s;
    args.parameter[i] = p - rate * g / (sqrtf(s) + args.epsilon);
  }
}

struct AdamArgs {
  const float* rate;
  const float* scale;
  const float* gradient;
  float* first;
  float* second;
  float* parameter;
  float beta1;
  float rest1;  // 1 - beta1, taken in double precision
  float beta2;
  float rest2;
  float correction1;  // 1 / (1 - beta1^t)
  float correction2;
  float epsilon;
  float decay;
  int decoupled;
  unsigned n;
};

extern "C" __global__ void adam_update(const AdamArgs args) {
  float scale = *args.scale;
  if (scale == 0) return;
  float rate = *args.rate;
  EACH_ELEMENT(i, args.n) {
    float p = args.parameter[i];
    float g = scale * args.gradient[i];
    if (args.decoupled) {
      p -= rate * args.decay * p;
    } else {
      g = fmaf(args.decay, p, g);
    }
    float m = fmaf(args.beta1, args.first[i], args.rest1 * g);
    float v = fmaf(args.beta2, args.second[i], args.rest2 * g * g);
    args.first[i] = m;
    args.second[i] = v;
    args.parameter[i] = p - rate * (m * args.correction1) / (sqrtf(v * args.correction2) + args.epsilon);
  }
}
