package org.recur4j.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.CellSteps.GateActivations;
import org.recur4j.api.kernel.CellSteps.GruGates;
import org.recur4j.api.kernel.CellSteps.LstmGates;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Optimizers;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.tensor.Tensor;

/** A call of every kernel, for checks of what callers share and what a call leaves behind. */
final class KernelCalls {
  private static final int STEPS = 4;
  private static final int BATCH = 5;
  private static final int CLASSES = 7;
  private static final GateActivations GATES =
      new GateActivations(Activation.SIGMOID, Activation.TANH);

  private KernelCalls() {}

  /** Makes the operands of a call and returns the call itself, which may be repeated. */
  interface Call {
    Runnable on(Kernels kernels, KernelOperands operands);
  }

  /** Those whose order of summation may depend on threads, with their names. */
  static Map<String, Call> sums() {
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("gemm ABᵀ", (k, o) -> product(k, o, false, true));
    calls.put("gemm AᵀB", (k, o) -> product(k, o, true, false));
    calls.put(
        "batchedGemm",
        (k, o) -> {
          int rows = o.rows() / 10 + 1;
          Tensor a = o.in("A", BATCH, rows, o.columns());
          Tensor b = o.in("B", BATCH, o.columns(), 50);
          Tensor c = o.out("C", BATCH, rows, 50);
          return () -> k.batchedGemm(false, false, 1, a, b, 0, c);
        });
    calls.put(
        "reduce SUM",
        (k, o) -> {
          Tensor x = o.matrix("x");
          Tensor y = o.out("y", o.columns());
          return () -> k.reduce(Reduction.SUM, x, 0, y);
        });
    calls.put(
        "sumTo",
        (k, o) -> {
          Tensor x = o.matrix("x");
          Tensor y = o.out("y", o.columns());
          return () -> k.sumTo(x, 1, y);
        });
    calls.put(
        "addSquaredSum",
        (k, o) -> {
          Tensor x = o.matrix("x");
          Tensor total = o.out("total", 1);
          return () -> k.addSquaredSum(x, total);
        });
    calls.put(
        "softmax",
        (k, o) -> {
          Tensor x = o.matrix("x");
          Tensor y = o.matrixOut("y");
          return () -> k.softmax(x, null, y);
        });
    calls.put(
        "softmaxCrossEntropy",
        (k, o) -> {
          Tensor x = o.matrix("logits");
          Tensor labels = o.integers("labels", o.rows(), o.columns());
          Tensor loss = o.out("loss", o.rows());
          Tensor gradient = o.matrixOut("dLogits");
          return () -> k.softmaxCrossEntropy(x, labels, null, 0.1, loss, gradient);
        });
    calls.put(
        "scatterAdd",
        (k, o) -> {
          Tensor y = o.matrix("y");
          Tensor indices = o.integers("indices", o.rows(), CLASSES);
          Tensor x = o.out("x", CLASSES, o.columns());
          return () -> k.scatterAdd(y, 0, indices, x);
        });
    return calls;
  }

  private static Runnable product(Kernels k, KernelOperands o, boolean ta, boolean tb) {
    int m = o.rows() / 6 + 1;
    int n = o.columns();
    int inner = 130;
    Tensor a = o.in("A", ta ? inner : m, ta ? m : inner);
    Tensor b = o.in("B", tb ? n : inner, tb ? inner : n);
    Tensor c = o.out("C", m, n);
    return () -> k.gemm(ta, tb, 1, a, b, 0, c);
  }

  /** Every kernel, those that sum among them. */
  static Map<String, Call> all() {
    Map<String, Call> calls = sums();
    elementwise(calls);
    cellSteps(calls);
    indexing(calls);
    others(calls);
    return calls;
  }

  private static void elementwise(Map<String, Call> calls) {
    calls.put(
        "fill",
        (k, o) -> {
          Tensor y = o.matrixOut("y");
          return () -> k.fill(0.5, y);
        });
    calls.put(
        "copy broadcasting", (k, o) -> pair(o.in("x", o.rows(), 1), o.matrixOut("y"), k::copy));
    calls.put(
        "scaleAdd",
        (k, o) -> pair(o.matrix("x"), o.matrixOut("y"), (x, y) -> k.scaleAdd(0.7, x, 0.3, y)));
    calls.put(
        "affine",
        (k, o) -> pair(o.matrix("x"), o.matrixOut("y"), (x, y) -> k.affine(0.7, 0.3, x, y)));
    calls.put(
        "unary",
        (k, o) ->
            pair(o.matrix("x"), o.matrixOut("y"), (x, y) -> k.unary(Unary.EXPONENTIAL, x, y)));
    calls.put(
        "activation",
        (k, o) ->
            pair(o.matrix("x"), o.matrixOut("y"), (x, y) -> k.activation(Activation.TANH, x, y)));
    calls.put(
        "activationGradient",
        (k, o) -> {
          Tensor y = o.matrix("y");
          return pair(
              o.matrix("dy"),
              o.matrixOut("dx"),
              (dy, dx) -> k.activationGradient(Activation.SIGMOID, y, dy, dx));
        });
    calls.put(
        "binary broadcasting",
        (k, o) -> {
          Tensor a = o.in("a", o.rows(), 1);
          Tensor b = o.in("b", o.columns());
          Tensor y = o.matrixOut("y");
          return () -> k.binary(Binary.MULTIPLY, a, b, y);
        });
    calls.put(
        "addProduct",
        (k, o) -> {
          Tensor a = o.matrix("a");
          return pair(o.matrix("b"), o.matrixOut("y"), (b, y) -> k.addProduct(a, b, y));
        });
  }

  private interface Pair {
    void call(Tensor from, Tensor to);
  }

  private static Runnable pair(Tensor from, Tensor to, Pair kernel) {
    return () -> kernel.call(from, to);
  }

  private static void cellSteps(Map<String, Call> calls) {
    calls.put(
        "lstmStep",
        (k, o) -> {
          LstmGates gates = o.lstm("gate", true);
          Tensor before = o.matrix("c′");
          Tensor cell = o.matrixOut("c");
          Tensor activated = o.matrixOut("φ(c)");
          Tensor hidden = o.matrixOut("h");
          return () -> k.lstmStep(GATES, gates, before, cell, activated, hidden);
        });
    calls.put(
        "lstmStepGradient",
        (k, o) -> {
          LstmGates gates = o.lstm("gate", false);
          Tensor before = o.matrix("c′");
          Tensor activated = o.matrix("φ(c)");
          Tensor dHidden = o.matrix("dh");
          Tensor dCell = o.matrixOut("dc");
          LstmGates gradients = o.lstm("d", true);
          return () ->
              k.lstmStepGradient(GATES, gates, before, activated, dHidden, dCell, gradients);
        });
    calls.put(
        "gruResetAfterStep",
        (k, o) -> {
          GruGates gates = o.gru("gate", true);
          Tensor product = o.matrix("hn");
          Tensor before = o.matrix("h′");
          Tensor hidden = o.matrixOut("h");
          return () -> k.gruResetAfterStep(GATES, gates, product, before, hidden);
        });
    calls.put(
        "gruResetAfterStepGradient",
        (k, o) -> {
          GruGates gates = o.gru("gate", false);
          Tensor product = o.matrix("hn");
          Tensor before = o.matrix("h′");
          Tensor dHidden = o.matrix("dh");
          GruGates gradients = o.gru("d", true);
          Tensor dProduct = o.matrixOut("dhn");
          Tensor dBefore = o.matrixOut("dh′");
          return () ->
              k.gruResetAfterStepGradient(
                  GATES, gates, product, before, dHidden, gradients, dProduct, dBefore);
        });
    calls.put(
        "gruReset",
        (k, o) -> {
          Tensor gate = o.matrixOut("r");
          Tensor before = o.matrix("h′");
          Tensor result = o.matrixOut("r·h′");
          return () -> k.gruReset(GATES, gate, before, result);
        });
    calls.put(
        "gruResetGradient",
        (k, o) -> {
          Tensor gate = o.matrix("r");
          Tensor before = o.matrix("h′");
          Tensor d = o.matrix("d");
          Tensor dGate = o.matrixOut("dr");
          Tensor dBefore = o.matrixOut("dh′");
          return () -> k.gruResetGradient(GATES, gate, before, d, dGate, dBefore);
        });
    calls.put(
        "gruOutput",
        (k, o) -> {
          GruGates gates = o.gru("gate", true);
          Tensor before = o.matrix("h′");
          Tensor hidden = o.matrixOut("h");
          return () -> k.gruOutput(GATES, gates, before, hidden);
        });
    calls.put(
        "gruOutputGradient",
        (k, o) -> {
          GruGates gates = o.gru("gate", false);
          Tensor before = o.matrix("h′");
          Tensor dHidden = o.matrix("dh");
          GruGates gradients = o.gru("d", true);
          Tensor dBefore = o.matrixOut("dh′");
          return () -> k.gruOutputGradient(GATES, gates, before, dHidden, gradients, dBefore);
        });
  }

  private static void indexing(Map<String, Call> calls) {
    calls.put(
        "gather",
        (k, o) -> {
          Tensor indices = o.integers("indices", CLASSES, o.rows());
          return pair(
              o.matrix("x"),
              o.out("y", CLASSES, o.columns()),
              (x, y) -> k.gather(x, 0, indices, y));
        });
    calls.put(
        "slice",
        (k, o) -> pair(o.matrix("x"), o.out("y", o.rows(), 2), (x, y) -> k.slice(x, 1, 1, y)));
    calls.put(
        "insert",
        (k, o) ->
            pair(o.in("y", o.rows(), 2), o.matrixOut("x"), (y, x) -> k.insert(y, 0.3, 1, 1, x)));
    calls.put(
        "transpose",
        (k, o) -> pair(o.matrix("x"), o.out("y", o.columns(), o.rows()), k::transpose));
    calls.put(
        "select",
        (k, o) -> {
          Tensor lengths = o.integers("lengths", o.rows(), STEPS + 1);
          Tensor inside = o.matrix("inside");
          Tensor past = o.matrix("past");
          Tensor y = o.matrixOut("y");
          return () -> k.select(lengths, 1, inside, past, y);
        });
    calls.put("maskPast", (k, o) -> sequence(o, k::maskPast));
    calls.put("reverse", (k, o) -> sequence(o, k::reverse));
    calls.put(
        "last",
        (k, o) -> {
          Tensor lengths = o.integers("lengths", o.rows(), STEPS + 1);
          Tensor x = o.in("x", STEPS, o.rows(), o.columns());
          Tensor y = o.matrixOut("y");
          return () -> k.last(lengths, x, y);
        });
    calls.put(
        "addToLast",
        (k, o) -> {
          Tensor lengths = o.integers("lengths", o.rows(), STEPS + 1);
          Tensor y = o.matrix("y");
          Tensor x = o.out("x", STEPS, o.rows(), o.columns());
          return () -> k.addToLast(y, lengths, x);
        });
  }

  private interface OnSequence {
    void call(Tensor lengths, Tensor x, Tensor y);
  }

  private static Runnable sequence(KernelOperands o, OnSequence kernel) {
    Tensor lengths = o.integers("lengths", o.rows(), STEPS + 1);
    Tensor x = o.in("x", STEPS, o.rows(), o.columns());
    Tensor y = o.out("y", STEPS, o.rows(), o.columns());
    return () -> kernel.call(lengths, x, y);
  }

  private static void others(Map<String, Call> calls) {
    calls.put(
        "reduce MAXIMUM",
        (k, o) ->
            pair(
                o.matrix("x"),
                o.out("y", o.rows()),
                (x, y) -> k.reduce(Reduction.MAXIMUM, x, 1, y)));
    calls.put("argMax", (k, o) -> pair(o.matrix("x"), o.indicesOut("y", o.rows()), k::argMax));
    calls.put(
        "addNonFiniteCount",
        (k, o) -> pair(o.matrix("x"), o.out("total", 1), k::addNonFiniteCount));
    calls.put(
        "softmax masked",
        (k, o) -> {
          Tensor mask = o.in("mask", o.columns());
          return pair(o.matrix("x"), o.matrixOut("y"), (x, y) -> k.softmax(x, mask, y));
        });
    calls.put(
        "softmaxGradient",
        (k, o) -> {
          Tensor y = o.matrix("y");
          return pair(o.matrix("dy"), o.matrixOut("dx"), (dy, dx) -> k.softmaxGradient(y, dy, dx));
        });
    calls.put(
        "clipFactor",
        (k, o) -> pair(o.one("sum", 9), o.out("factor", 1), (x, y) -> k.clipFactor(x, 2, y)));
    Optimizers.Sgd sgd = new Optimizers.Sgd(0.9, 0.01, true);
    Optimizers.RmsProp rmsProp = new Optimizers.RmsProp(0.9, 0.1, 0.01);
    Optimizers.Adam adam = new Optimizers.Adam(0.9, 0.99, 0.1, 0.01, true);
    calls.put(
        "sgd",
        (k, o) -> {
          Tensor rate = o.one("rate", 0.125);
          Tensor scale = o.one("scale", 0.75);
          Tensor gradient = o.matrix("gradient");
          Tensor velocity = o.matrixOut("velocity");
          Tensor parameter = o.matrixOut("parameter");
          return () -> k.sgd(sgd, rate, scale, gradient, velocity, parameter);
        });
    calls.put(
        "rmsProp",
        (k, o) -> {
          Tensor rate = o.one("rate", 0.125);
          Tensor scale = o.one("scale", 0.75);
          Tensor gradient = o.matrix("gradient");
          Tensor squares = o.squares("squares");
          Tensor parameter = o.matrixOut("parameter");
          return () -> k.rmsProp(rmsProp, rate, scale, gradient, squares, parameter);
        });
    calls.put(
        "adam",
        (k, o) -> {
          Tensor rate = o.one("rate", 0.125);
          Tensor scale = o.one("scale", 0.75);
          Tensor gradient = o.matrix("gradient");
          Tensor first = o.matrixOut("first state");
          Tensor second = o.squares("second state");
          Tensor parameter = o.matrixOut("parameter");
          return () -> k.adam(adam, 3, rate, scale, gradient, first, second, parameter);
        });
  }
}
