package org.recur4j.backend.ejml.engine;

import org.recur4j.backend.ejml.array.FloatRows;

/**
 * A right operand for {@link PlainTile}, divided into blocks of columns that stay in the
 * second-level cache; each row of a block is a separate array. Separate arrays let the JIT compiler
 * vectorize the tile loops: with offsets into one array it cannot distinguish loads from stores.
 */
final class PlainPanel implements ScratchPanel {
  private final int width;
  private final float[][][] blocks;
  private int rows;
  private int columns;

  PlainPanel(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    int count = Math.max(1, (columns + WIDTH - 1) / WIDTH);
    // Multiples of 16 keep vectors whole; the last block has the remaining columns.
    this.width = Math.max(16, Math.min(WIDTH, ((columns + count - 1) / count + 15) & ~15));
    this.blocks = new float[blockCount()][rows][];
    for (int block = 0; block < blocks.length; block++) {
      for (int row = 0; row < rows; row++) {
        blocks[block][row] = new float[end(block) - start(block)];
      }
    }
  }

  @Override
  public void reshape(int newRows, int newColumns) {
    rows = newRows;
    columns = newColumns;
  }

  int blockCount() {
    return (columns + width - 1) / width;
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

  @Override
  public long bytes() {
    return 4L * rows * columns;
  }

  @Override
  public void setRow(int row, FloatRows source, int sourceRow, int from) {
    for (int block = 0; block < blockCount(); block++) {
      int first = start(block);
      source.load(sourceRow, from + first, end(block) - first, blocks[block][row], 0);
    }
  }

  @Override
  public void pack(float[] source, int offset, int rowStride, int columnStride) {
    for (int block = 0; block < blockCount(); block++) {
      int first = start(block);
      pack(
          blocks[block],
          end(block) - first,
          source,
          offset + first * columnStride,
          rowStride,
          columnStride);
    }
  }

  private void pack(
      float[][] target, int count, float[] source, int offset, int rowStride, int columnStride) {
    if (columnStride == 1) {
      for (int row = 0; row < rows; row++) {
        System.arraycopy(source, offset + row * rowStride, target[row], 0, count);
      }
      return;
    }
    // Transposes 16 columns at a time, which keeps the source lines in the first-level cache.
    for (int c0 = 0; c0 < count; c0 += 16) {
      int c1 = Math.min(count, c0 + 16);
      for (int row = 0; row < rows; row++) {
        float[] to = target[row];
        int from = offset + row * rowStride + c0 * columnStride;
        for (int c = c0; c < c1; c++) {
          to[c] = source[from];
          from += columnStride;
        }
      }
    }
  }
}
