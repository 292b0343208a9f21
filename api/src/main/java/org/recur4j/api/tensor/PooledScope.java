package org.recur4j.api.tensor;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;

/** The scope implementation of {@link Memory}. */
final class PooledScope implements Scope {
  private final Memory memory;
  private final PooledScope parent;
  private final String name;
  private final List<Lease> leases = new ArrayList<>();
  private final List<PooledScope> children = new ArrayList<>();
  private boolean closed;

  PooledScope(Memory memory, PooledScope parent, String name) {
    this.memory = memory;
    this.parent = parent;
    this.name = parent == null ? name : parent.name + "/" + name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Tensor create(DataType dataType, Shape shape) {
    if (closed) {
      // Tested first because this runs many times per step and building the text costs more than
      // the tensor.
      checkOpen("create " + dataType + " " + shape);
    }
    Lease lease = memory.lease(dataType, shape.size(), name);
    leases.add(lease);
    return new Tensor(lease, 0, shape);
  }

  @Override
  public Scope child(String childName) {
    checkOpen("child scope '" + childName + "'");
    PooledScope child = new PooledScope(memory, this, childName);
    children.add(child);
    return child;
  }

  @Override
  public Tensor keep(Tensor tensor) {
    if (parent == null || !removeLease(tensor.lease())) {
      throw new InvalidArgumentException(
          "keep in scope '" + name + "'",
          tensor.toString(),
          parent == null ? "a scope that has a parent" : "a tensor made in this scope",
          "Create the tensor in the scope that should own it");
    }
    tensor.lease().owner = parent.name;
    parent.leases.add(tensor.lease());
    return tensor;
  }

  /**
   * Removes a lease by identity, newest first because kept tensors are usually the last ones
   * created.
   */
  private boolean removeLease(Lease lease) {
    for (int i = leases.size() - 1; i >= 0; i--) {
      if (leases.get(i) == lease) {
        leases.remove(i);
        return true;
      }
    }
    return false;
  }

  @Override
  public void reset() {
    for (int i = children.size() - 1; i >= 0; i--) {
      children.get(i).close();
    }
    children.clear();
    // Newest first: the pool's stacks then hold the oldest block on top, and a repeated sequence of
    // calls gets the same blocks in the same order.
    for (int i = leases.size() - 1; i >= 0; i--) {
      memory.giveBack(leases.get(i));
    }
    leases.clear();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    reset();
    closed = true;
    if (parent == null) {
      memory.forget(this);
    } else {
      parent.children.remove(this);
    }
  }

  @Override
  public long bytes() {
    return report().bytes();
  }

  ScopeReport report() {
    int tensors = leases.size();
    long bytes = 0;
    for (Lease lease : leases) {
      bytes += lease.storage.bytes();
    }
    for (PooledScope child : children) {
      ScopeReport inner = child.report();
      tensors += inner.tensors();
      bytes += inner.bytes();
    }
    return new ScopeReport(name, tensors, bytes);
  }

  private void checkOpen(String operation) {
    if (closed) {
      throw new ClosedException(
          operation,
          "the closed scope '" + name + "'",
          "an open scope",
          "Create tensors before the scope is closed");
    }
  }
}
