package org.recur4j.backend.ejml.vector;

import org.recur4j.backend.ejml.array.Planes;
import org.recur4j.backend.ejml.engine.CellLoops;

/**
 * The passes of the fused cells as chains of {@link VectorPass}es. Used by one thread at a time.
 */
final class VectorLoops implements CellLoops {
  private final VectorPass tanh = new VectorPass.Tanh();
  private final VectorPass sigmoid = new VectorPass.Sigmoid();
  private final VectorPass exponential = new VectorPass.Exponential();
  private final VectorPass vanilla = new VectorPass.Vanilla();
  private final VectorPass vanillaGradient = new VectorPass.VanillaGradient();
  private final VectorPass lstmCell = new VectorPass.LstmCell();
  private final VectorPass lstmOutput = new VectorPass.LstmOutput();
  private final VectorPass lstmGradient = new VectorPass.LstmGradient();
  private final VectorPass gruReset = new VectorPass.GruReset();
  private final VectorPass gruResetProduct = new VectorPass.GruResetProduct();
  private final VectorPass gruOutput = new VectorPass.GruOutput();
  private final VectorPass gruGradient = new VectorPass.GruGradient();
  private final VectorPass gruResetGradient = new VectorPass.GruResetGradient();

  /** The operands of the current pass. */
  private final float[][] planes = new float[12][];

  /**
   * Runs a pass. This is the only call site of all passes, for the reason given in {@link
   * VectorPass}.
   */
  private void run(VectorPass pass, int n) {
    pass.run(planes, n);
  }

  private VectorLoops over(float[] a, float[] b, float[] c) {
    planes[0] = a;
    planes[1] = b;
    planes[2] = c;
    return this;
  }

  private VectorLoops and(int from, float[] a, float[] b, float[] c) {
    planes[from] = a;
    planes[from + 1] = b;
    planes[from + 2] = c;
    return this;
  }

  @Override
  public void tanh(float[] x, int n) {
    over(x, null, null).run(tanh, n);
  }

  @Override
  public void sigmoid(float[] x, int n) {
    over(x, null, null).run(sigmoid, n);
  }

  @Override
  public void exponential(float[] x, int n) {
    over(x, null, null).run(exponential, n);
  }

  @Override
  public void vanilla(boolean relu, float[] z, float[] h, int n) {
    if (relu) {
      Planes.rectify(z, n);
      System.arraycopy(z, 0, h, 0, n);
    } else {
      over(z, h, null).run(vanilla, n);
    }
  }

  @Override
  public void vanillaGradient(boolean relu, float[] h, float[] dh, float[] dz, int n) {
    if (relu) {
      Planes.rectifyGradient(h, dh, dz, n);
    } else {
      over(h, dh, dz).run(vanillaGradient, n);
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
    tanh(g, n);
    over(i, f, g).and(3, cBefore, c, null).run(lstmCell, n);
    sigmoid(o, n);
    over(o, c, tanhC).and(3, h, null, null).run(lstmOutput, n);
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
    over(i, f, g)
        .and(3, o, cBefore, tanhC)
        .and(6, dh, dc, dzi)
        .and(9, dzf, dzg, dzo)
        .run(lstmGradient, n);
  }

  @Override
  public void gruAfter(
      float[] r, float[] u, float[] candidate, float[] hn, float[] hBefore, float[] h, int n) {
    over(r, hn, candidate).run(gruReset, n);
    sigmoid(u, n);
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
    over(r, hn, dzn).and(3, dzr, dhn, null).run(gruResetGradient, n);
  }

  @Override
  public void gruBeforeGates(float[] r, float[] u, float[] left, float[] reset, int n) {
    over(r, left, reset).run(gruResetProduct, n);
    sigmoid(u, n);
  }

  @Override
  public void gruBeforeOutput(float[] u, float[] candidate, float[] hBefore, float[] h, int n) {
    over(u, candidate, hBefore).and(3, h, null, null).run(gruOutput, n);
  }

  @Override
  public void gruBeforeGradient(
      float[] u, float[] candidate, float[] hBefore, float[] dh, float[] dzu, float[] dzn, int n) {
    over(u, candidate, hBefore).and(3, dh, dzu, dzn).run(gruGradient, n);
  }

  @Override
  public void gruBeforeResetGradient(float[] r, float[] left, float[] drh, float[] dzr, int n) {
    over(r, left, drh).and(3, dzr, drh, null).run(gruResetGradient, n);
  }
}
