package org.recur4j.backend.ejml;

/** The passes as chains of small loops, each of which the JIT compiler vectorises by itself. */
final class PlainLoops implements CellLoops {
  @Override
  public void tanh(float[] x, int n) {
    FloatActivations.tanh(x, 0, n);
  }

  @Override
  public void sigmoid(float[] x, int n) {
    FloatActivations.sigmoid(x, 0, n);
  }

  @Override
  public void exponential(float[] x, int n) {
    for (int j = 0; j < n; j++) {
      x[j] = (float) Math.exp(Math.max(x[j], -87f));
    }
  }

  @Override
  public void vanilla(boolean relu, float[] z, float[] h, int n) {
    VanillaStep.forward(relu, z, h, n);
  }

  @Override
  public void vanillaGradient(boolean relu, float[] h, float[] dh, float[] dz, int n) {
    VanillaStep.backward(relu, h, dh, dz, n);
  }

  @Override
  public void lstm(
      float[] i,
      float[] f,
      float[] g,
      float[] o,
      float[] cBefore,
      float[] c,
      float[] tanhC,
      float[] h,
      int n) {
    LstmStep.forward(i, f, g, o, cBefore, c, tanhC, h, n);
  }

  @Override
  public void lstmGradient(
      float[] i,
      float[] f,
      float[] g,
      float[] o,
      float[] cBefore,
      float[] tanhC,
      float[] dh,
      float[] dc,
      float[] dzi,
      float[] dzf,
      float[] dzg,
      float[] dzo,
      int n) {
    LstmStep.backward(i, f, g, o, cBefore, tanhC, dh, dc, dzi, dzf, dzg, dzo, n);
  }

  @Override
  public void gruAfter(
      float[] r, float[] u, float[] candidate, float[] hn, float[] hBefore, float[] h, int n) {
    GruStep.gates(r, u, n);
    GruStep.candidateAfter(r, hn, candidate, n);
    GruStep.output(u, candidate, hBefore, h, n);
  }

  @Override
  public void gruAfterGradient(
      float[] r,
      float[] u,
      float[] candidate,
      float[] hn,
      float[] hBefore,
      float[] dh,
      float[] dzr,
      float[] dzu,
      float[] dzn,
      float[] dhn,
      int n) {
    GruStep.outputGradient(u, candidate, hBefore, dh, dzu, dzn, n);
    GruStep.resetGradientAfter(r, hn, dzn, dzr, dhn, n);
  }

  @Override
  public void gruBeforeGates(float[] r, float[] u, float[] left, float[] reset, int n) {
    GruStep.gates(r, u, n);
    Planes.multiply(r, left, reset, n);
  }

  @Override
  public void gruBeforeOutput(float[] u, float[] candidate, float[] hBefore, float[] h, int n) {
    GruStep.output(u, candidate, hBefore, h, n);
  }

  @Override
  public void gruBeforeGradient(
      float[] u, float[] candidate, float[] hBefore, float[] dh, float[] dzu, float[] dzn, int n) {
    GruStep.outputGradient(u, candidate, hBefore, dh, dzu, dzn, n);
  }

  @Override
  public void gruBeforeResetGradient(float[] r, float[] left, float[] drh, float[] dzr, int n) {
    GruStep.resetGradientBefore(r, left, drh, dzr, n);
  }
}
