package org.recur4j.api.decorate;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.portable.PortableRecurrence;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * A backend that rejects kernel calls with wrong shapes, types, ranges or overlaps before they
 * reach the wrapped backend, and fills new tensors with NaN. For development: it downloads indices
 * and lengths in order to check them. Fused plans check their own operands and run unchanged; a
 * backend without its own plans gets the portable plan over the checked kernels.
 */
public final class CheckedBackend extends ForwardingBackend {
  private final Kernels kernels;

  /**
   * Wraps a backend.
   *
   * @param delegate the wrapped backend, which is closed with this one
   */
  public CheckedBackend(Backend delegate) {
    super(delegate);
    this.kernels = new CheckedKernels(delegate.kernels(), delegate);
  }

  @Override
  public Scope scope(String name) {
    return new CheckedScope(delegate().scope(name), delegate().kernels());
  }

  @Override
  public Kernels kernels() {
    return kernels;
  }

  @Override
  public Recurrence recurrence() {
    Recurrence own = delegate().recurrence();
    return own instanceof PortableRecurrence ? new PortableRecurrence(kernels, this) : own;
  }

  @Override
  public void upload(float[] source, int offset, Tensor target) {
    Operand.floating("upload", target);
    Operand.range("upload", source.length, offset, target);
    delegate().upload(source, offset, target);
  }

  @Override
  public void upload(double[] source, int offset, Tensor target) {
    Operand.floating("upload", target);
    Operand.range("upload", source.length, offset, target);
    delegate().upload(source, offset, target);
  }

  @Override
  public void upload(int[] source, int offset, Tensor target) {
    Operand.integer("upload", target);
    Operand.range("upload", source.length, offset, target);
    delegate().upload(source, offset, target);
  }

  @Override
  public void download(Tensor source, float[] target, int offset) {
    Operand.floating("download", source);
    Operand.range("download", target.length, offset, source);
    delegate().download(source, target, offset);
  }

  @Override
  public void download(Tensor source, double[] target, int offset) {
    Operand.floating("download", source);
    Operand.range("download", target.length, offset, source);
    delegate().download(source, target, offset);
  }

  @Override
  public void download(Tensor source, int[] target, int offset) {
    Operand.integer("download", source);
    Operand.range("download", target.length, offset, source);
    delegate().download(source, target, offset);
  }
}
