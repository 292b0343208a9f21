package org.recur4j.backend.ejml;

/**
 * A right operand [rows, columns] packed for {@link FloatTile}: cut into blocks of columns that
 * stay in the second-level cache, each row of a block an array of its own. Separate arrays are what
 * lets the JIT compiler vectorise the tile loops: with offsets into one array it cannot tell loads
 * from stores.
 */
final class FloatPanel {
  /** Columns per block at most: the product tiles are fastest between 200 and 256. */
  static final int WIDTH = 256;

  private final int columns;
  private final int rows;
  private final int width;
  private final float[][][] blocks;

  FloatPanel(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    int count = Math.max(1, (columns + WIDTH - 1) / WIDTH);
    // Multiples of 16 keep whole vectors together; the last block takes what is left.
    this.width = Math.min(WIDTH, ((columns + count - 1) / count + 15) & ~15);
    this.blocks = new float[columns == 0 ? 0 : (columns + width - 1) / width][rows][];
    for (int block = 0; block < blocks.length; block++) {
      for (int row = 0; row < rows; row++) {
        blocks[block][row] = new float[end(block) - start(block)];
      }
    }
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  int blockCount() {
    return blocks.length;
  }

  int start(int block) {
    return block * width;
  }

  int end(int block) {
    return Math.min(columns, start(block) + width);
  }

  float[][] block(int block) {
    return blocks[block];
  }

  long bytes() {
    return 4L * rows * columns;
  }

  /**
   * Copies in the element (row, column) of {@code source[offset + row·rowStride +
   * column·columnStride]}.
   */
  void pack(float[] source, int offset, int rowStride, int columnStride) {
    for (int block = 0; block < blocks.length; block++) {
      int first = start(block);
      pack(
          blocks[block],
          0,
          rows,
          end(block) - first,
          source,
          offset + first * columnStride,
          rowStride,
          columnStride);
    }
  }

  static void pack(
      float[][] target,
      int row,
      int count,
      int width,
      float[] source,
      int offset,
      int rowStride,
      int columnStride) {
    if (columnStride == 1) {
      for (int r = 0; r < count; r++) {
        System.arraycopy(source, offset + r * rowStride, target[row + r], 0, width);
      }
      return;
    }
    // Transposing: 16 columns at a time keep the source lines in the first-level cache.
    for (int c0 = 0; c0 < width; c0 += 16) {
      int c1 = Math.min(width, c0 + 16);
      for (int r = 0; r < count; r++) {
        float[] to = target[row + r];
        int from = offset + r * rowStride + c0 * columnStride;
        for (int c = c0; c < c1; c++) {
          to[c] = source[from];
          from += columnStride;
        }
      }
    }
  }
}
