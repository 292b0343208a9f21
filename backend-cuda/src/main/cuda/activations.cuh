// Activation functions by the numbers of KernelCodes.java, and their derivatives as
// functions of the output.
#pragma once
#include "portable.cuh"

enum ActivationKind {
  TANH, SIGMOID, RELU, IDENTITY, AFFINE, LEAKY_RELU, THRESHOLDED_RELU, SCALED_TANH, HARD_SIGMOID, ELU, SOFTSIGN,
  SOFTPLUS
};

static __device__ __forceinline__ float sigmoid(float x) { return 1.0f / (1.0f + expf(-x)); }

static __device__ float activate(int kind, float alpha, float beta, float x) {
  switch (kind) {
    case TANH: return tanhf(x);
    case SIGMOID: return sigmoid(x);
    case RELU: return x > 0 || isnan(x) ? x : 0.0f;
    case IDENTITY: return x;
    case AFFINE: return fmaf(alpha, x, beta);
    case LEAKY_RELU: return x >= 0 ? x : alpha * x;
    case THRESHOLDED_RELU: return x > alpha || isnan(x) ? x : 0.0f;
    case SCALED_TANH: return alpha * tanhf(beta * x);
    case HARD_SIGMOID: {
      float y = fmaf(alpha, x, beta);
      return y < 0.0f ? 0.0f : y > 1.0f ? 1.0f : y;
    }
    case ELU: return x >= 0 ? x : alpha * expm1f(x);
    case SOFTSIGN: return x / (1.0f + fabsf(x));
    default: return (x > 0 || isnan(x) ? x : 0.0f) + log1pf(expf(-fabsf(x)));
  }
}

static __device__ float derivative(int kind, float alpha, float beta, float y) {
  switch (kind) {
    case TANH: return 1.0f - y * y;
    case SIGMOID: return y * (1.0f - y);
    case RELU:
    case THRESHOLDED_RELU: return y > 0 ? 1.0f : 0.0f;
    case IDENTITY: return 1.0f;
    case AFFINE: return alpha;
    case LEAKY_RELU: return y >= 0 ? 1.0f : alpha;
    case SCALED_TANH: return beta * (alpha - y * y / alpha);
    case HARD_SIGMOID: return y > 0 && y < 1 ? alpha : 0.0f;
    case ELU: return y >= 0 ? 1.0f : y + alpha;
    case SOFTSIGN: return (1.0f - fabsf(y)) * (1.0f - fabsf(y));
    default: return -expm1f(-y);
  }
}
