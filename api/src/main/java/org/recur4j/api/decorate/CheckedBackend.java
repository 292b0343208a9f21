package org.recur4j.api.decorate;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.portable.PortableRecurrence;
import org.recur4j.api.recurrent.Recurrence;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * Refuses kernel calls whose shapes, types, ranges or overlaps are wrong, before the wrapped
 * backend sees them, and fills fresh tensors with NaN. For development: it downloads indices and
 * lengths to look at them. Fused plans check their own operands and run as they are; a backend
 * without plans of its own gets the portable plan over the checked kernels.
 */
public final class CheckedBackend extends ForwardingBackend {
  private final Kernels kernels;

  /**
   * Wraps a backend.
   *
   * @param delegate does the work; closed with this
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
