// One pointwise pass per half of a time step, for the portable plan: any activations, one tensor per gate.
#include "activations.cuh"

struct GateFunctions {
  int gate;
  float gateAlpha;
  float gateBeta;
  int candidate;
  float candidateAlpha;
  float candidateBeta;
};

static __device__ __forceinline__ float gateOf(const GateFunctions& f, float x) { return activate(f.gate, f.gateAlpha, f.gateBeta, x); }
static __device__ __forceinline__ float gateSlope(const GateFunctions& f, float y) { return derivative(f.gate, f.gateAlpha, f.gateBeta, y); }
static __device__ __forceinline__ float candidateOf(const GateFunctions& f, float x) { return activate(f.candidate, f.candidateAlpha, f.candidateBeta, x); }
static __device__ __forceinline__ float candidateSlope(const GateFunctions& f, float y) { return derivative(f.candidate, f.candidateAlpha, f.candidateBeta, y); }

struct LstmCellArgs {
  float* input;
  float* forget;
  float* candidate;
  float* output;
  const float* previousCell;
  float* cell;
  float* cellActivated;
  float* hidden;
  GateFunctions functions;
  unsigned n;
};

// i, f, o = sigma(.), g = phi(.); c = f c' + i g; h = o phi(c)
extern "C" __global__ void lstm_cell(const LstmCellArgs args) {
  EACH_ELEMENT(e, args.n) {
    float i = gateOf(args.functions, args.input[e]);
    float f = gateOf(args.functions, args.forget[e]);
    float g = candidateOf(args.functions, args.candidate[e]);
    float o = gateOf(args.functions, args.output[e]);
    float c = fmaf(f, args.previousCell[e], i * g);
    float a = candidateOf(args.functions, c);
    args.input[e] = i;
    args.forget[e] = f;
    args.candidate[e] = g;
    args.output[e] = o;
    args.cell[e] = c;
    args.cellActivated[e] = a;
    args.hidden[e] = o * a;
  }
}

struct LstmCellGradientArgs {
  const float* input;
  const float* forget;
  const float* candidate;
  const float* output;
  const float* previousCell;
  const float* cellActivated;
  const float* hiddenGradient;
  float* cellGradient;
  float* inputGradient;
  float* forgetGradient;
  float* candidateGradient;
  float* outputGradient;
  GateFunctions functions;
  unsigned n;
};

extern "C" __global__ void lstm_cell_gradient(const LstmCellGradientArgs args) {
  EACH_ELEMENT(e, args.n) {
    float i = args.input[e];
    float f = args.forget[e];
    float g = args.candidate[e];
    float o = args.output[e];
    float a = args.cellActivated[e];
    float c = args.previousCell[e];
    float dh = args.hiddenGradient[e];
    float dc = fmaf(dh * o, candidateSlope(args.functions, a), args.cellGradient[e]);
    args.inputGradient[e] = dc * g * gateSlope(args.functions, i);
    args.forgetGradient[e] = dc * c * gateSlope(args.functions, f);
    args.candidateGradient[e] = dc * i * candidateSlope(args.functions, g);
    args.outputGradient[e] = dh * a * gateSlope(args.functions, o);
    args.cellGradient[e] = dc * f;
  }
}

struct GruCellArgs {
  float* reset;   // null: the second half of a step with the reset gate before the product
  float* update;
  float* candidate;
  const float* hiddenCandidate;
  const float* previousHidden;
  float* hidden;
  GateFunctions functions;
  unsigned n;
};

// r, z = sigma(.); n = phi(x_n + r hn); h = (1 - z) n + z h'
extern "C" __global__ void gru_cell(const GruCellArgs args) {
  EACH_ELEMENT(e, args.n) {
    float x = args.candidate[e];
    if (args.reset != nullptr) {
      float r = gateOf(args.functions, args.reset[e]);
      args.reset[e] = r;
      x = fmaf(r, args.hiddenCandidate[e], x);
    }
    float z = gateOf(args.functions, args.update[e]);
    float n = candidateOf(args.functions, x);
    args.update[e] = z;
    args.candidate[e] = n;
    args.hidden[e] = fmaf(z, args.previousHidden[e] - n, n);
  }
}

struct GruCellGradientArgs {
  const float* reset;  // null as above
  const float* update;
  const float* candidate;
  const float* hiddenCandidate;
  const float* previousHidden;
  const float* hiddenGradient;
  float* resetGradient;
  float* updateGradient;
  float* candidateGradient;
  float* hiddenCandidateGradient;
  float* previousGradient;
  GateFunctions functions;
  unsigned n;
};

extern "C" __global__ void gru_cell_gradient(const GruCellGradientArgs args) {
  EACH_ELEMENT(e, args.n) {
    float z = args.update[e];
    float n = args.candidate[e];
    float dh = args.hiddenGradient[e];
    float direct = dh * z;
    float dn = (dh - direct) * candidateSlope(args.functions, n);
    args.updateGradient[e] = dh * (args.previousHidden[e] - n) * gateSlope(args.functions, z);
    if (args.reset != nullptr) {
      float r = args.reset[e];
      args.resetGradient[e] = dn * args.hiddenCandidate[e] * gateSlope(args.functions, r);
      args.hiddenCandidateGradient[e] = dn * r;
    }
    args.candidateGradient[e] = dn;
    args.previousGradient[e] = direct;
  }
}

struct GruResetArgs {
  float* reset;
  const float* previousHidden;
  float* resetHidden;
  GateFunctions functions;
  unsigned n;
};

extern "C" __global__ void gru_reset(const GruResetArgs args) {
  EACH_ELEMENT(e, args.n) {
    float r = gateOf(args.functions, args.reset[e]);
    args.reset[e] = r;
    args.resetHidden[e] = r * args.previousHidden[e];
  }
}

struct GruResetGradientArgs {
  const float* reset;
  const float* previousHidden;
  const float* resetHiddenGradient;
  float* resetGradient;
  float* previousGradient;
  GateFunctions functions;
  unsigned n;
};

extern "C" __global__ void gru_reset_gradient(const GruResetGradientArgs args) {
  EACH_ELEMENT(e, args.n) {
    float r = args.reset[e];
    float d = args.resetHiddenGradient[e];
    args.resetGradient[e] = d * args.previousHidden[e] * gateSlope(args.functions, r);
    args.previousGradient[e] = fmaf(d, r, args.previousGradient[e]);
  }
}
