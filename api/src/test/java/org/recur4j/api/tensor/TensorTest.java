package org.recur4j.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;

class TensorTest {
  private static final class Foreign extends Storage {
    Foreign() {
      super(DataType.FLOAT32, 1);
    }
  }

  private final ArrayMemory memory = new ArrayMemory();
  private final Tensor tensor = memory.open("s").create(DataType.FLOAT32, Shape.of(4, 3, 2));

  @Test
  void viewsAreWindowsOnTheSameStorage() {
    Tensor rows = tensor.rows(1, 3);
    assertThat(rows.shape()).isEqualTo(Shape.of(2, 3, 2));
    assertThat(rows.offset()).isEqualTo(6);
    Tensor row = rows.row(1);
    assertThat(row.shape()).isEqualTo(Shape.of(3, 2));
    assertThat(row.offset()).isEqualTo(12);
    Tensor window = row.view(2, Shape.of(2));
    assertThat(window.offset()).isEqualTo(14);
    assertThat(window.sharesStorageWith(tensor)).isTrue();
    tensor.markWritten();
    assertThat(window.version()).isEqualTo(1);
  }

  @Test
  void windowsOutsideAreRefused() {
    assertThatThrownBy(() -> tensor.rows(2, 5))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[2, 5) of [4, 3, 2]");
    assertThatThrownBy(() -> tensor.rows(2, 2)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> tensor.view(23, Shape.of(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[23, 25)");
    assertThatThrownBy(() -> tensor.reshape(Shape.of(5)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[4, 3, 2] to [5]");
  }

  @Test
  void aTensorWithStorageOfAnotherClassIsRefused() {
    assertThatThrownBy(() -> tensor.storage(Foreign.class))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(
            "got storage of class Block, of FLOAT32; expected storage of class Foreign")
        .hasMessageContaining("if another backend made this one, download it there");
  }

  @Test
  void shapesKnowTheirAxes() {
    Shape shape = Shape.of(4, 3, 2);
    assertThat(shape.size()).isEqualTo(24);
    assertThat(shape.extent(-1)).isEqualTo(2);
    assertThat(shape.outer(1)).isEqualTo(4);
    assertThat(shape.inner(-2)).isEqualTo(2);
    assertThat(shape.without(1)).isEqualTo(Shape.of(4, 2));
    assertThat(shape.with(-1, 7)).isEqualTo(Shape.of(4, 3, 7));
    assertThat(Shape.of().size()).isEqualTo(1);
    assertThatThrownBy(() -> shape.extent(3)).hasMessageContaining("an axis in [-3, 2]");
    assertThatThrownBy(() -> Shape.of(2, 0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> Shape.of(1 << 16, 1 << 16))
        .hasMessageContaining("at most 2147483647 elements");
  }

  @Test
  void broadcastingFollowsNumPy() {
    assertThat(Shape.broadcast(Shape.of(3, 1), Shape.of(2, 1, 4))).isEqualTo(Shape.of(2, 3, 4));
    assertThat(Shape.broadcast(Shape.of(), Shape.of(5))).isEqualTo(Shape.of(5));
    assertThatThrownBy(() -> Shape.broadcast(Shape.of(3), Shape.of(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[3] and [2]");
  }

  @Test
  void lengthsAreCheckedAndCounted() {
    Lengths lengths = Lengths.of(5, 5, 0, 3);
    assertThat(lengths.isFull()).isFalse();
    assertThat(lengths.total()).isEqualTo(8);
    assertThat(lengths.batch()).isEqualTo(3);
    assertThat(Lengths.full(5, 2)).isEqualTo(Lengths.of(5, 5, 5));
    assertThatThrownBy(() -> Lengths.of(5, 1, 6))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("length 6 for row 1")
        .hasMessageContaining("[0, 5]");
    assertThatThrownBy(() -> Lengths.of(5)).hasMessageContaining("0 rows");
  }
}
