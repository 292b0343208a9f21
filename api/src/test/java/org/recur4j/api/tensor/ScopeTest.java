package org.recur4j.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.recur4j.api.error.ClosedException;
import org.recur4j.api.error.InvalidArgumentException;

class ScopeTest {
  private final ArrayMemory memory = new ArrayMemory();

  private static Storage storage(Tensor tensor) {
    return tensor.storage(ArrayMemory.Block.class);
  }

  @Test
  void tensorsDieWithTheirScopeAndSaySo() {
    Tensor tensor;
    try (Scope scope = memory.open("step")) {
      tensor = scope.create(DataType.FLOAT32, Shape.of(2, 3));
      assertThat(tensor.isOpen()).isTrue();
    }
    assertThat(tensor.isOpen()).isFalse();
    assertThatThrownBy(() -> storage(tensor))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("FLOAT32 [2, 3]")
        .hasMessageContaining("scope 'step' was closed")
        .hasMessageContaining("keep()");
  }

  @Test
  void aRepeatedSequenceOfCallsGetsTheSameStorages() {
    try (Scope scope = memory.open("loop")) {
      Storage first = storage(scope.create(DataType.FLOAT32, Shape.of(40)));
      Storage second = storage(scope.create(DataType.FLOAT32, Shape.of(40)));
      Storage third = storage(scope.create(DataType.FLOAT32, Shape.of(9)));
      scope.reset();
      assertThat(storage(scope.create(DataType.FLOAT32, Shape.of(40)))).isSameAs(first);
      assertThat(storage(scope.create(DataType.FLOAT32, Shape.of(40)))).isSameAs(second);
      assertThat(storage(scope.create(DataType.FLOAT32, Shape.of(9)))).isSameAs(third);
      assertThat(memory.use().allocations()).isEqualTo(3);
    }
  }

  @Test
  void aStorageNeverServesTwoLiveTensorsOrAnotherType() {
    try (Scope scope = memory.open("s")) {
      Tensor a = scope.create(DataType.FLOAT32, Shape.of(8));
      Tensor b = scope.create(DataType.FLOAT32, Shape.of(8));
      assertThat(storage(a)).isNotSameAs(storage(b));
      Storage freed = storage(a);
      scope.reset();
      assertThat(storage(scope.create(DataType.INT32, Shape.of(8)))).isNotSameAs(freed);
    }
  }

  @Test
  void keepHandsATensorAndItsViewsToTheParent() {
    try (Scope parent = memory.open("parent")) {
      Tensor kept;
      Tensor view;
      try (Scope child = parent.child("child")) {
        kept = child.keep(child.create(DataType.FLOAT64, Shape.of(4, 2)));
        view = kept.row(1);
      }
      assertThat(kept.isOpen()).isTrue();
      assertThat(view.isOpen()).isTrue();
      assertThat(kept.toString()).contains("scope 'parent'");
      parent.reset();
      assertThat(view.isOpen()).isFalse();
    }
  }

  @Test
  void keepRefusesWhatItDoesNotOwn() {
    try (Scope root = memory.open("root");
        Scope child = root.child("child")) {
      Tensor ofRoot = root.create(DataType.FLOAT32, Shape.of(1));
      assertThatThrownBy(() -> child.keep(ofRoot))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("keep in scope 'root/child'");
      assertThatThrownBy(() -> root.keep(ofRoot)).hasMessageContaining("a scope that has a parent");
    }
  }

  @Test
  void openScopesAreReportedWithNamesAndBytes() {
    Scope leaked = memory.open("epoch");
    leaked.child("batch").create(DataType.FLOAT32, Shape.of(16));
    assertThat(memory.openScopes())
        .containsExactly(new ScopeReport("epoch", 1, 64))
        .first()
        .hasToString("scope 'epoch' holds 1 tensor(s), 64 bytes");
    leaked.close();
    assertThat(memory.openScopes()).isEmpty();
  }

  @Test
  void countersFollowLiveAndPooledBytes() {
    Scope scope = memory.open("s");
    scope.create(DataType.FLOAT64, Shape.of(16));
    assertThat(memory.use()).isEqualTo(new MemoryUse(128, 0, 128, 1));
    scope.close();
    assertThat(memory.use()).isEqualTo(new MemoryUse(0, 128, 128, 1));
    memory.close();
    assertThat(memory.released).hasSize(1);
    assertThatThrownBy(() -> memory.open("late")).isInstanceOf(ClosedException.class);
  }

  @Test
  void aClosedScopeRefusesToCreate() {
    Scope scope = memory.open("done");
    scope.close();
    scope.close();
    assertThatThrownBy(() -> scope.create(DataType.FLOAT32, Shape.of(1)))
        .isInstanceOf(ClosedException.class)
        .hasMessageContaining("the closed scope 'done'");
  }

  @Test
  void sizeClassesWasteAtMostAnEighth() {
    for (int size = 17; size < 100_000; size += 13) {
      int rounded = Memory.sizeClass(size);
      assertThat(rounded).isGreaterThanOrEqualTo(size);
      assertThat(rounded - size).isLessThanOrEqualTo(Math.max(16, size / 8));
    }
    assertThat(Memory.sizeClass(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
  }
}
