// The cells themselves, for one unit of one row: what a thread does with the sums it holds, in a kernel of one
// step and in a kernel of all steps alike. z are complete pre-activations; gates is where the unit's first gate
// stands, the others follow in strides of "size".
#pragma once
#include "activations.cuh"

static __device__ __forceinline__ float vanillaActivation(bool relu, float z) {
  return relu ? (z > 0 || isnan(z) ? z : 0.0f) : tanhf(z);
}

static __device__ __forceinline__ float vanillaSlope(bool relu, float h) {
  return relu ? (h > 0 ? 1.0f : 0.0f) : 1.0f - h * h;
}

// i, f, o = sigma(.), g = tanh(.); c = f c' + i g; h = o tanh(c)
static __device__ __forceinline__ float lstmUnit(const float* z, float previousCell, float* gates, int size, float& cell) {
  float i = sigmoid(z[0]);
  float f = sigmoid(z[1]);
  float g = tanhf(z[2]);
  float o = sigmoid(z[3]);
  gates[0] = i;
  gates[size] = f;
  gates[2 * size] = g;
  gates[3 * size] = o;
  cell = fmaf(f, previousCell, i * g);
  return o * tanhf(cell);
}

// dc comes as dL/dc of later steps and leaves as dL/dc'
static __device__ __forceinline__ void lstmUnitGradient(
    const float* gates, int size, float cell, float previousCell, float dh, float& dc, float* gradient) {
  float i = gates[0];
  float f = gates[size];
  float g = gates[2 * size];
  float o = gates[3 * size];
  float a = tanhf(cell);
  float all = fmaf(dh * o, 1.0f - a * a, dc);
  gradient[0] = all * g * (i * (1.0f - i));
  gradient[1] = all * previousCell * (f * (1.0f - f));
  gradient[2] = all * i * (1.0f - g * g);
  gradient[3] = dh * a * (o * (1.0f - o));
  dc = all * f;
}

// r, z = sigma(.); n = tanh(x_n + r hn); h = (1 - z) n + z h'. z[2] is x_n alone.
static __device__ __forceinline__ float gruAfterUnit(const float* z, float hn, float before, float* gates, int size) {
  float r = sigmoid(z[0]);
  float u = sigmoid(z[1]);
  float n = tanhf(fmaf(r, hn, z[2]));
  gates[0] = r;
  gates[size] = u;
  gates[2 * size] = n;
  return fmaf(u, before - n, n);
}

// gradient: n, r, z, hn. Returns what reaches h' directly.
static __device__ __forceinline__ float gruAfterUnitGradient(
    const float* gates, int size, float hn, float before, float dh, float* gradient) {
  float r = gates[0];
  float z = gates[size];
  float n = gates[2 * size];
  float direct = dh * z;
  float dn = (dh - direct) * (1.0f - n * n);
  gradient[0] = dn;
  gradient[1] = dn * hn * (r * (1.0f - r));
  gradient[2] = dh * (before - n) * (z * (1.0f - z));
  gradient[3] = dn * r;
  return direct;
}
