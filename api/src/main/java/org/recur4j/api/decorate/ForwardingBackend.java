package org.recur4j.api.decorate;

import java.util.Optional;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendInfo;
import org.recur4j.api.backend.Decompositions;
import org.recur4j.api.tensor.Memory;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * A backend that forwards every call to another backend, except those for kernels and recurrence,
 * which subclasses decorate. Tensors belong to the other backend.
 */
public abstract class ForwardingBackend implements Backend {
  private final Backend delegate;

  /**
   * Wraps a backend.
   *
   * @param delegate the wrapped backend, which is closed with this one
   */
  protected ForwardingBackend(Backend delegate) {
    this.delegate = delegate;
  }

  /**
   * Returns the wrapped backend.
   *
   * @return the backend that does the work
   */
  protected final Backend delegate() {
    return delegate;
  }

  @Override
  public BackendInfo info() {
    return delegate.info();
  }

  @Override
  public Memory memory() {
    return delegate.memory();
  }

  @Override
  public Scope scope(String name) {
    return delegate.scope(name);
  }

  @Override
  public Optional<Decompositions> decompositions() {
    return delegate.decompositions();
  }

  @Override
  public void synchronize() {
    delegate.synchronize();
  }

  @Override
  public void close() {
    delegate.close();
  }

  @Override
  public void upload(float[] source, int offset, Tensor target) {
    delegate.upload(source, offset, target);
  }

  @Override
  public void upload(double[] source, int offset, Tensor target) {
    delegate.upload(source, offset, target);
  }

  @Override
  public void upload(int[] source, int offset, Tensor target) {
    delegate.upload(source, offset, target);
  }

  @Override
  public void download(Tensor source, float[] target, int offset) {
    delegate.download(source, target, offset);
  }

  @Override
  public void download(Tensor source, double[] target, int offset) {
    delegate.download(source, target, offset);
  }

  @Override
  public void download(Tensor source, int[] target, int offset) {
    delegate.download(source, target, offset);
  }
}
