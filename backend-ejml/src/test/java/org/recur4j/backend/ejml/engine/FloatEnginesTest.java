package org.recur4j.backend.ejml.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Availability;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.backend.ejml.EjmlProvider;
import org.recur4j.backend.ejml.array.FloatRows;

class FloatEnginesTest {
  /** Every remainder of a tile, a strip and a vector in rows, columns and depth. */
  private static final int[] ROWS = {1, 2, 3, 4, 5, 7, 8, 9};

  private static final int[] COLUMNS = {1, 5, 15, 16, 17, 31, 33, 47, 48, 63, 64, 65, 130, 200};

  @Test
  void saysWhichEngineRunsAndHowToGetTheFasterOne() {
    String detail = ((Availability.Available) new EjmlProvider().probe()).detail();
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      assertThat(detail).containsPattern("jdk\\.incubator\\.vector, \\d+ bits, tile 4 × [24]");
    } else {
      assertThat(detail)
          .contains("plain Java (for vectors add --add-modules jdk.incubator.vector)");
    }
  }

  @Test
  void takesThePlainEngineWhereAskedTo() {
    System.setProperty(FloatEngines.PROPERTY, "plain");
    try {
      assertThat(FloatEngines.preferred().description())
          .isEqualTo("plain Java (-Drecur4j.ejml.engine=plain)");
    } finally {
      System.clearProperty(FloatEngines.PROPERTY);
    }
  }

  @Test
  void bothEnginesAgreeOnAwkwardSizesAndTouchNothingElse() {
    Random random = new Random(23);
    FloatEngine plain = FloatEngines.plain("test");
    FloatEngine preferred = FloatEngines.preferred();
    for (int rows : ROWS) {
      for (int segment : COLUMNS) {
        for (int depth : new int[] {1, 2, 37}) {
          for (FloatTile.Start start : FloatTile.Start.values()) {
            long seed = random.nextLong();
            float[][] want = product(plain, rows, segment, depth, start, seed);
            float[][] got = product(preferred, rows, segment, depth, start, seed);
            String name = rows + " x " + depth + " x 2·" + segment + " from " + start;
            for (int plane = 0; plane < 2; plane++) {
              assertThat(got[plane]).as(name).containsExactly(want[plane], within(3e-6f));
            }
          }
        }
      }
    }
  }

  /** Rows in reverse order, every second one left out, between sentinels. */
  private static float[][] product(
      FloatEngine engine, int rows, int segment, int depth, FloatTile.Start start, long seed) {
    Random random = new Random(seed);
    float[] a = values(random, 2 + depth * rows);
    float[] bias = values(random, 2 * segment);
    FloatPanel panel = engine.panel(depth + 3, 2 * segment, Precision.FULL);
    panel.pack(values(random, (depth + 3) * 2 * segment), 0, 2 * segment, 1);
    float[][] planes = {
      values(random, 2 * (rows + 1) * segment), values(random, 2 * (rows + 1) * segment)
    };
    int[] aOffsets = new int[rows];
    int[] offsets = new int[rows];
    for (int r = 0; r < rows; r++) {
      aOffsets[r] = 2 + r;
      offsets[r] = 2 * (rows - r) * segment;
    }
    FloatRows c = new FloatRows(segment, offsets).at(planes, rows);
    FloatTile tile = engine.tile(Precision.FULL);
    if (rows % 2 == 0) {
      tile.reverseOrder();
    }
    tile.multiply(a, aOffsets, rows, panel, 2, depth, start, bias, c, rows);
    return planes;
  }

  private static float[] values(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }
}
