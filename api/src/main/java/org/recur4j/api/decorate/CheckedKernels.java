package org.recur4j.api.decorate;

import static org.recur4j.api.decorate.Operand.atLeastRank;
import static org.recur4j.api.decorate.Operand.broadcasts;
import static org.recur4j.api.decorate.Operand.equal;
import static org.recur4j.api.decorate.Operand.floating;
import static org.recur4j.api.decorate.Operand.integer;
import static org.recur4j.api.decorate.Operand.noOverlap;
import static org.recur4j.api.decorate.Operand.noPartialOverlap;
import static org.recur4j.api.decorate.Operand.rank;
import static org.recur4j.api.decorate.Operand.sameShape;
import static org.recur4j.api.decorate.Operand.sameType;
import static org.recur4j.api.decorate.Operand.within;

import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.kernel.Transfers;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.tensor.Tensor;

/**
 * Kernels that check their operands before they compute. The cell steps are the default chains of
 * checked primitives, so that their operands are checked too.
 */
record CheckedKernels(Kernels inner, Transfers transfers) implements Kernels {
  @Override
  public void gemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    rank("gemm", a, 2);
    rank("gemm", b, 2);
    rank("gemm", c, 2);
    product("gemm", transposeA, transposeB, a, b, c);
    inner.gemm(transposeA, transposeB, alpha, a, b, beta, c);
  }

  @Override
  public void batchedGemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    rank("batchedGemm", a, 3);
    rank("batchedGemm", b, 3);
    rank("batchedGemm", c, 3);
    equal("batchedGemm", "matrices in A", a.extent(0), c.extent(0));
    equal("batchedGemm", "matrices in B", b.extent(0), c.extent(0));
    product("batchedGemm", transposeA, transposeB, a, b, c);
    inner.batchedGemm(transposeA, transposeB, alpha, a, b, beta, c);
  }

  private static void product(
      String kernel, boolean transposeA, boolean transposeB, Tensor a, Tensor b, Tensor c) {
    floating(kernel, c, a, b);
    equal(kernel, "rows of op(A)", a.extent(transposeA ? -1 : -2), c.extent(-2));
    equal(kernel, "columns of op(B)", b.extent(transposeB ? -2 : -1), c.extent(-1));
    equal(kernel, "rows of op(B)", b.extent(transposeB ? -1 : -2), a.extent(transposeA ? -2 : -1));
    noOverlap(kernel, c, a, b);
  }

  @Override
  public void fill(double value, Tensor y) {
    inner.fill(value, y);
  }

  @Override
  public void copy(Tensor x, Tensor y) {
    sameType("copy", x, y);
    broadcasts("copy", x, y);
    noPartialOverlap("copy", y, x);
    inner.copy(x, y);
  }

  @Override
  public void scaleAdd(double alpha, Tensor x, double beta, Tensor y) {
    pointwise("scaleAdd", y, x);
    inner.scaleAdd(alpha, x, beta, y);
  }

  @Override
  public void affine(double alpha, double beta, Tensor x, Tensor y) {
    pointwise("affine", y, x);
    inner.affine(alpha, beta, x, y);
  }

  @Override
  public void unary(Unary function, Tensor x, Tensor y) {
    pointwise("unary " + function, y, x);
    inner.unary(function, x, y);
  }

  @Override
  public void binary(Binary function, Tensor a, Tensor b, Tensor y) {
    String kernel = "binary " + function;
    floating(kernel, y, a, b);
    broadcasts(kernel, a, y);
    broadcasts(kernel, b, y);
    noPartialOverlap(kernel, y, a, b);
    inner.binary(function, a, b, y);
  }

  @Override
  public void addProduct(Tensor a, Tensor b, Tensor y) {
    pointwise("addProduct", y, a, b);
    inner.addProduct(a, b, y);
  }

  @Override
  public void activation(Activation function, Tensor x, Tensor y) {
    pointwise("activation " + function, y, x);
    inner.activation(function, x, y);
  }

  @Override
  public void activationGradient(Activation function, Tensor y, Tensor dy, Tensor dx) {
    pointwise("activationGradient " + function, dx, y, dy);
    inner.activationGradient(function, y, dy, dx);
  }

  private static void pointwise(String kernel, Tensor destination, Tensor... operands) {
    floating(kernel, destination);
    for (Tensor operand : operands) {
      floating(kernel, destination, operand);
      sameShape(kernel, destination, operand);
    }
    noPartialOverlap(kernel, destination, operands);
  }

  @Override
  public void gather(Tensor x, int axis, Tensor indices, Tensor y) {
    indexed("gather", x, axis, indices, y);
    noOverlap("gather", y, x);
    inner.gather(x, axis, indices, y);
  }

  @Override
  public void scatterAdd(Tensor y, int axis, Tensor indices, Tensor x) {
    indexed("scatterAdd", x, axis, indices, y);
    noOverlap("scatterAdd", x, y);
    inner.scatterAdd(y, axis, indices, x);
  }

  private void indexed(String kernel, Tensor x, int axis, Tensor indices, Tensor y) {
    long others = (long) x.shape().outer(axis) * x.shape().inner(axis);
    equal(kernel, "size of y", y.size(), others * indices.size());
    entries(kernel, "index", indices, -1, x.extent(axis) - 1);
  }

  @Override
  public void slice(Tensor x, int axis, int from, Tensor y) {
    part("slice", x, axis, from, y);
    inner.slice(x, axis, from, y);
  }

  @Override
  public void insert(Tensor y, double beta, int axis, int from, Tensor x) {
    part("insert", x, axis, from, y);
    inner.insert(y, beta, axis, from, x);
  }

  private static void part(String kernel, Tensor x, int axis, int from, Tensor y) {
    rank(kernel, y, x.shape().rank());
    int resolved = x.shape().axis(axis);
    for (int i = 0; i < x.shape().rank(); i++) {
      if (i != resolved) {
        equal(kernel, "extent of the part along axis " + i, y.extent(i), x.extent(i));
      }
    }
    within(kernel, "first entry", from, 0, (long) x.extent(axis) - y.extent(axis));
    noOverlap(kernel, y, x);
  }

  @Override
  public void transpose(Tensor x, Tensor y) {
    atLeastRank("transpose", x, 2);
    rank("transpose", y, x.shape().rank());
    equal("transpose", "first extent of y", y.extent(0), x.extent(1));
    equal("transpose", "second extent of y", y.extent(1), x.extent(0));
    equal("transpose", "size of y", y.size(), x.size());
    noOverlap("transpose", y, x);
    inner.transpose(x, y);
  }

  @Override
  public void select(Tensor lengths, int time, Tensor inside, Tensor past, Tensor y) {
    sameShape("select", y, inside, past);
    equal("select", "lengths", lengths.size(), y.extent(0));
    entries("select", "length", lengths, 0, Integer.MAX_VALUE);
    within("select", "time", time, 0, Integer.MAX_VALUE);
    noPartialOverlap("select", y, inside, past);
    inner.select(lengths, time, inside, past, y);
  }

  @Override
  public void maskPast(Tensor lengths, Tensor x, Tensor y) {
    sameShape("maskPast", y, x);
    lengths("maskPast", lengths, x);
    noPartialOverlap("maskPast", y, x);
    inner.maskPast(lengths, x, y);
  }

  @Override
  public void reverse(Tensor lengths, Tensor x, Tensor y) {
    sameShape("reverse", y, x);
    lengths("reverse", lengths, x);
    noOverlap("reverse", y, x);
    inner.reverse(lengths, x, y);
  }

  @Override
  public void last(Tensor lengths, Tensor x, Tensor y) {
    lengths("last", lengths, x);
    equal("last", "size of y", y.size(), x.shape().inner(0));
    noOverlap("last", y, x);
    inner.last(lengths, x, y);
  }

  @Override
  public void addToLast(Tensor y, Tensor lengths, Tensor x) {
    lengths("addToLast", lengths, x);
    equal("addToLast", "size of y", y.size(), x.shape().inner(0));
    noOverlap("addToLast", x, y);
    inner.addToLast(y, lengths, x);
  }

  private void lengths(String kernel, Tensor lengths, Tensor x) {
    atLeastRank(kernel, x, 2);
    equal(kernel, "lengths", lengths.size(), x.extent(1));
    entries(kernel, "length", lengths, 0, x.extent(0));
  }

  private void entries(String kernel, String what, Tensor numbers, int least, int most) {
    integer(kernel, numbers);
    int[] values = new int[numbers.size()];
    transfers.download(numbers, values, 0);
    for (int value : values) {
      within(kernel, what, value, least, most);
    }
  }

  @Override
  public void reduce(Reduction reduction, Tensor x, int axis, Tensor y) {
    floating("reduce " + reduction, y, x);
    int size = x.shape().outer(axis) * x.shape().inner(axis);
    equal("reduce " + reduction, "size of y", y.size(), size);
    noOverlap("reduce " + reduction, y, x);
    inner.reduce(reduction, x, axis, y);
  }

  @Override
  public void argMax(Tensor x, Tensor y) {
    integer("argMax", y);
    equal("argMax", "size of y", y.size(), x.shape().outer(-1));
    inner.argMax(x, y);
  }

  @Override
  public void sumTo(Tensor x, double beta, Tensor y) {
    floating("sumTo", y, x);
    broadcasts("sumTo", y, x);
    noOverlap("sumTo", y, x);
    inner.sumTo(x, beta, y);
  }

  @Override
  public void addSquaredSum(Tensor x, Tensor total) {
    equal("addSquaredSum", "size of the total", total.size(), 1);
    noOverlap("addSquaredSum", total, x);
    inner.addSquaredSum(x, total);
  }

  @Override
  public void addNonFiniteCount(Tensor x, Tensor total) {
    equal("addNonFiniteCount", "size of the total", total.size(), 1);
    noOverlap("addNonFiniteCount", total, x);
    inner.addNonFiniteCount(x, total);
  }

  @Override
  public void softmax(Tensor x, Tensor mask, Tensor y) {
    pointwise("softmax", y, x);
    if (mask != null) {
      floating("softmax", y, mask);
      broadcasts("softmax", mask, y);
      noOverlap("softmax", y, mask);
    }
    inner.softmax(x, mask, y);
  }

  @Override
  public void softmaxGradient(Tensor y, Tensor dy, Tensor dx) {
    pointwise("softmaxGradient", dx, y, dy);
    inner.softmaxGradient(y, dy, dx);
  }

  @Override
  public void softmaxCrossEntropy(
      Tensor logits, Tensor labels, Tensor weights, double smoothing, Tensor loss, Tensor dLogits) {
    String kernel = "softmaxCrossEntropy";
    floating(kernel, logits, weights, loss, dLogits);
    rank(kernel, logits, 2);
    equal(kernel, "labels", labels.size(), logits.extent(0));
    equal(kernel, "losses", loss.size(), logits.extent(0));
    if (weights != null) {
      equal(kernel, "weights", weights.size(), logits.extent(0));
    }
    entries(kernel, "label", labels, -1, logits.extent(1) - 1);
    sameShape(kernel, logits, dLogits);
    noOverlap(kernel, loss, logits, dLogits, weights);
    inner.softmaxCrossEntropy(logits, labels, weights, smoothing, loss, dLogits);
  }

  @Override
  public void clipFactor(Tensor squaredSum, double maximumNorm, Tensor factor) {
    equal("clipFactor", "size of the squared sum", squaredSum.size(), 1);
    equal("clipFactor", "size of the factor", factor.size(), 1);
    inner.clipFactor(squaredSum, maximumNorm, factor);
  }

  @Override
  public void sgd(
      Sgd settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor velocity,
      Tensor parameter) {
    update("sgd", learningRate, gradientScale, parameter, gradient, velocity);
    inner.sgd(settings, learningRate, gradientScale, gradient, velocity, parameter);
  }

  @Override
  public void rmsProp(
      RmsProp settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor squares,
      Tensor parameter) {
    update("rmsProp", learningRate, gradientScale, parameter, gradient, squares);
    inner.rmsProp(settings, learningRate, gradientScale, gradient, squares, parameter);
  }

  @Override
  public void adam(
      Adam settings,
      long step,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor first,
      Tensor second,
      Tensor parameter) {
    within("adam", "step", step, 1, Long.MAX_VALUE);
    update("adam", learningRate, gradientScale, parameter, gradient, first, second);
    inner.adam(settings, step, learningRate, gradientScale, gradient, first, second, parameter);
  }

  private static void update(
      String kernel, Tensor rate, Tensor scale, Tensor parameter, Tensor... others) {
    equal(kernel, "size of the learning rate", rate.size(), 1);
    equal(kernel, "size of the gradient scale", scale.size(), 1);
    for (Tensor other : others) {
      floating(kernel, parameter, other);
      sameShape(kernel, parameter, other);
    }
    noOverlap(kernel, parameter, others);
  }
}
