package org.recur4j.backend.ejml.engine;

import org.recur4j.backend.ejml.array.FloatActivations;
import org.recur4j.backend.ejml.array.Planes;

/**
 * The passes as chains of loops that the JIT compiler vectorizes. Each loop is small and uses one
 * index for all its arrays; otherwise the compiler leaves it scalar.
 */
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
    if (relu) {
      Planes.rectify(z, n);
    } else {
      tanh(z, n);
    }
    System.arraycopy(z, 0, h, 0, n);
  }

  @Override
  public void vanillaGradient(boolean relu, float[] h, float[] dh, float[] dz, int n) {
    if (relu) {
      Planes.rectifyGradient(h, dh, dz, n);
    } else {
      tanhGradient(h, dh, dz, n);
    }
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
    sigmoid(i, n);
    sigmoid(f, n);
    tanh(g, n);
    sigmoid(o, n);
    cell(i, f, g, cBefore, c, n);
    System.arraycopy(c, 0, tanhC, 0, n);
    tanh(tanhC, n);
    Planes.multiply(o, tanhC, h, n);
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
    cellGradient(dc, dh, o, tanhC, n);
    gateGradient(dh, tanhC, o, dzo, n);
    gateGradient(dc, g, i, dzi, n);
    gateGradient(dc, cBefore, f, dzf, n);
    lstmCandidateGradient(dc, i, g, dzg, n);
    Planes.multiply(dc, f, dc, n);
  }

  @Override
  public void gruAfter(
      float[] r, float[] u, float[] candidate, float[] hn, float[] hBefore, float[] h, int n) {
    sigmoid(r, n);
    sigmoid(u, n);
    Planes.multiplyAdd(r, hn, candidate, n);
    gruBeforeOutput(u, candidate, hBefore, h, n);
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
    gruBeforeGradient(u, candidate, hBefore, dh, dzu, dzn, n);
    gateGradient(dzn, hn, r, dzr, n);
    Planes.multiply(dzn, r, dhn, n);
  }

  @Override
  public void gruBeforeGates(float[] r, float[] u, float[] left, float[] reset, int n) {
    sigmoid(r, n);
    sigmoid(u, n);
    Planes.multiply(r, left, reset, n);
  }

  @Override
  public void gruBeforeOutput(float[] u, float[] candidate, float[] hBefore, float[] h, int n) {
    tanh(candidate, n);
    for (int j = 0; j < n; j++) {
      h[j] = (1f - u[j]) * candidate[j] + u[j] * hBefore[j];
    }
  }

  @Override
  public void gruBeforeGradient(
      float[] u, float[] candidate, float[] hBefore, float[] dh, float[] dzu, float[] dzn, int n) {
    updateGradient(u, candidate, hBefore, dh, dzu, n);
    gruCandidateGradient(u, candidate, dh, dzn, n);
  }

  @Override
  public void gruBeforeResetGradient(float[] r, float[] left, float[] drh, float[] dzr, int n) {
    gateGradient(drh, left, r, dzr, n);
    Planes.multiply(drh, r, drh, n);
  }

  private static void tanhGradient(float[] h, float[] dh, float[] dz, int n) {
    for (int j = 0; j < n; j++) {
      dz[j] = dh[j] * (1f - h[j] * h[j]);
    }
  }

  private static void cell(float[] i, float[] f, float[] g, float[] cBefore, float[] c, int n) {
    for (int j = 0; j < n; j++) {
      c[j] = f[j] * cBefore[j] + i[j] * g[j];
    }
  }

  private static void cellGradient(float[] dc, float[] dh, float[] o, float[] tanhC, int n) {
    for (int j = 0; j < n; j++) {
      dc[j] = dc[j] + dh[j] * o[j] * (1f - tanhC[j] * tanhC[j]);
    }
  }

  /**
   * Computes dz = d · partner · s · (1 − s) for a sigmoid gate s that multiplies {@code partner}.
   */
  private static void gateGradient(float[] d, float[] partner, float[] s, float[] dz, int n) {
    for (int j = 0; j < n; j++) {
      dz[j] = d[j] * partner[j] * s[j] * (1f - s[j]);
    }
  }

  private static void lstmCandidateGradient(float[] dc, float[] i, float[] g, float[] dzg, int n) {
    for (int j = 0; j < n; j++) {
      dzg[j] = dc[j] * i[j] * (1f - g[j] * g[j]);
    }
  }

  private static void updateGradient(
      float[] u, float[] candidate, float[] hBefore, float[] dh, float[] dzu, int n) {
    for (int j = 0; j < n; j++) {
      dzu[j] = dh[j] * (hBefore[j] - candidate[j]) * u[j] * (1f - u[j]);
    }
  }

  private static void gruCandidateGradient(
      float[] u, float[] candidate, float[] dh, float[] dzn, int n) {
    for (int j = 0; j < n; j++) {
      dzn[j] = dh[j] * (1f - u[j]) * (1f - candidate[j] * candidate[j]);
    }
  }
}
