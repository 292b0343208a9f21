package org.recur4j.backend.ejml.vector;

import jdk.incubator.vector.FloatVector;
import org.recur4j.backend.ejml.engine.CellLoops;

/**
 * A loop over planes with at most one activation. The JIT compiler keeps vectors in registers only
 * if the whole expression fits its inlining budget. Two activations in one compiled method exceed
 * it, and every vector is boxed (57 microseconds instead of 6 for 4096 LSTM cells,
 * docs/decisions/rejected.md). To keep a caller from inlining several passes, all passes are called
 * from one place ({@link VectorLoops}), where the compiler cannot predict the receiver.
 *
 * <p>The equations are those of {@link CellLoops}; s(1 − s) is the derivative of a logistic gate, 1
 * − y² that of tanh.
 */
abstract class VectorPass {
  private static final int LANES = VectorActivations.SPECIES.length();

  /** Runs over the first {@code n} values, rounded up to whole vectors. */
  abstract void run(float[][] planes, int n);

  static FloatVector load(float[] plane, int j) {
    return FloatVector.fromArray(VectorActivations.SPECIES, plane, j);
  }

  /** Returns 1 − y². */
  static FloatVector tanhSlope(FloatVector y) {
    return y.neg().fma(y, FloatVector.broadcast(VectorActivations.SPECIES, 1f));
  }

  /** Returns s·(1 − s). */
  static FloatVector slope(FloatVector s) {
    return s.neg().fma(s, s);
  }

  /** Replaces x by tanh x. */
  static final class Tanh extends VectorPass {
    @Override
    void run(float[][] planes, int n) {
      float[] x = planes[0];
      for (int j = 0; j < n; j += LANES) {
        VectorActivations.tanh(load(x, j)).intoArray(x, j);
      }
    }
  }

  /** Replaces x by σ(x). */
  static final class Sigmoid extends VectorPass {
    @Override
    void run(float[][] planes, int n) {
      float[] x = planes[0];
      for (int j = 0; j < n; j += LANES) {
        VectorActivations.sigmoid(load(x, j)).intoArray(x, j);
      }
    }
  }

  /** Replaces x ≤ 0 by eˣ. */
  static final class Exponential extends VectorPass {
    @Override
    void run(float[][] planes, int n) {
      float[] x = planes[0];
      for (int j = 0; j < n; j += LANES) {
        VectorActivations.exponential(load(x, j)).intoArray(x, j);
      }
    }
  }

  /** Computes h = tanh z and stores it in z too. */
  static final class Vanilla extends VectorPass {
    @Override
    void run(float[][] planes, int n) {
      float[] z = planes[0];
      float[] h = planes[1];
      for (int j = 0; j < n; j += LANES) {
        FloatVector y = VectorActivations.tanh(load(z, j));
        y.intoArray(z, j);
        y.intoArray(h, j);
      }
    }
  }

  /** Computes dz = dh·(1 − h²). */
  static final class VanillaGradient extends VectorPass {
    @Override
    void run(float[][] planes, int n) {
      float[] h = planes[0];
      float[] dh = planes[1];
      float[] dz = planes[2];
      for (int j = 0; j < n; j += LANES) {
        load(dh, j).mul(tanhSlope(load(h, j))).intoArray(dz, j);
      }
    }
  }

  /** Computes f = σ(zf) and c = f·c' + i·g. */
  static final class LstmCell extends VectorPass {
    @Override
    void run(float[][] planes, int n) {
      float[] i = planes[0];
      float[] f = planes[1];
      float[] g = planes[2];
      float[] cBefore = planes[3];
      float[] c = planes[4];
      for (int j = 0; j < n; j += LANES) {
        FloatVector forget = VectorActivations.sigmoid(load(f, j));
        forget.intoArray(f, j);
        forget.fma(load(cBefore, j), load(i, j).mul(load(g, j))).intoArray(c, j);
      }
    }
  }

  /** Computes tanh c and h = o·tanh c. */
  static final class LstmOutput extends VectorPass {
    @Override
    void run(float[][] planes, int n) {
      float[] o = planes[0];
      float[] c = planes[1];
      float[] tanhC = planes[2];
      float[] h = planes[3];
      for (int j = 0; j < n; j += LANES) {
        FloatVector squashed = VectorActivations.tanh(load(c, j));
        squashed.intoArray(tanhC, j);
        squashed.mul(load(o, j)).intoArray(h, j);
      }
    }
  }

  /** Computes all gradients of an LSTM step, which needs no activation. */
  static final class LstmGradient extends VectorPass {
    @Override
    void run(float[][] planes, int n) {
      float[] i = planes[0];
      float[] f = planes[1];
      float[] g = planes[2];
      float[] o = planes[3];
      float[] cBefore = planes[4];
      float[] tanhC = planes[5];
      float[] dh = planes[6];
      float[] dc = planes[7];
      float[] dzi = planes[8];
      float[] dzf = planes[9];
      float[] dzg = planes[10];
      float[] dzo = planes[11];
      for (int j = 0; j < n; j += LANES) {
        FloatVector output = load(o, j);
        FloatVector squashed = load(tanhC, j);
        FloatVector dHidden = load(dh, j);
        dHidden.mul(squashed).mul(slope(output)).intoArray(dzo, j);
        FloatVector dState = dHidden.mul(output).fma(tanhSlope(squashed), load(dc, j));
        FloatVector input = load(i, j);
        FloatVector candidate = load(g, j);
        FloatVector forget = load(f, j);
        dState.mul(candidate).mul(slope(input)).intoArray(dzi, j);
        dState.mul(load(cBefore, j)).mul(slope(forget)).intoArray(dzf, j);
        dState.mul(input).mul(tanhSlope(candidate)).intoArray(dzg, j);
        dState.mul(forget).intoArray(dc, j);
      }
    }
  }

  /** Reset after: computes r = σ(zr) and the candidate's pre-activation xn + r·hn. */
  static final class GruReset extends VectorPass {
    @Override
    void run(float[][] planes, int n) {
      float[] r = planes[0];
      float[] hn = planes[1];
      float[] candidate = planes[2];
      for (int j = 0; j < n; j += LANES) {
        FloatVector reset = VectorActivations.sigmoid(load(r, j));
        reset.intoArray(r, j);
        reset.fma(load(hn, j), load(candidate, j)).intoArray(candidate, j);
      }
    }
  }

  /** Reset before: computes r = σ(zr) and r·h'. */
  static final class GruResetProduct extends VectorPass {
    @Override
    void run(float[][] planes, int n) {
      float[] r = planes[0];
      float[] left = planes[1];
      float[] product = planes[2];
      for (int j = 0; j < n; j += LANES) {
        FloatVector reset = VectorActivations.sigmoid(load(r, j));
        reset.intoArray(r, j);
        reset.mul(load(left, j)).intoArray(product, j);
      }
    }
  }

  /** Computes n, the tanh of its pre-activation, and h = (1 − u)·n + u·h' = n + u·(h' − n). */
  static final class GruOutput extends VectorPass {
    @Override
    void run(float[][] planes, int n) {
      float[] u = planes[0];
      float[] candidate = planes[1];
      float[] hBefore = planes[2];
      float[] h = planes[3];
      for (int j = 0; j < n; j += LANES) {
        FloatVector proposal = VectorActivations.tanh(load(candidate, j));
        proposal.intoArray(candidate, j);
        load(u, j).fma(load(hBefore, j).sub(proposal), proposal).intoArray(h, j);
      }
    }
  }

  /** Computes the gradients of zu and of the candidate's pre-activation. */
  static final class GruGradient extends VectorPass {
    @Override
    void run(float[][] planes, int n) {
      float[] u = planes[0];
      float[] candidate = planes[1];
      float[] hBefore = planes[2];
      float[] dh = planes[3];
      float[] dzu = planes[4];
      float[] dzn = planes[5];
      for (int j = 0; j < n; j += LANES) {
        FloatVector update = load(u, j);
        FloatVector proposal = load(candidate, j);
        FloatVector dHidden = load(dh, j);
        dHidden.mul(load(hBefore, j).sub(proposal)).mul(slope(update)).intoArray(dzu, j);
        FloatVector dProposal = update.neg().fma(dHidden, dHidden);
        dProposal.mul(tanhSlope(proposal)).intoArray(dzn, j);
      }
    }
  }

  /** Computes dzr = d·partner·r(1 − r) and d·r, for the product of r and {@code partner}. */
  static final class GruResetGradient extends VectorPass {
    @Override
    void run(float[][] planes, int n) {
      float[] r = planes[0];
      float[] partner = planes[1];
      float[] d = planes[2];
      float[] dzr = planes[3];
      float[] product = planes[4];
      for (int j = 0; j < n; j += LANES) {
        FloatVector reset = load(r, j);
        FloatVector gradient = load(d, j);
        gradient.mul(load(partner, j)).mul(slope(reset)).intoArray(dzr, j);
        gradient.mul(reset).intoArray(product, j);
      }
    }
  }
}
