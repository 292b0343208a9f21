package org.recur4j.models.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;

/** A made-up language: what follows depends on the row and on everything said before. */
final class RandomWords implements Continuation {
  private final long seed;
  private final int rows;
  private final int words;
  private boolean same;
  private List<Integer> origins = new ArrayList<>();
  private List<int[]> said = new ArrayList<>();

  RandomWords(long seed, int rows, int words) {
    this.seed = seed;
    this.rows = rows;
    this.words = words;
    for (int row = 0; row < rows; row++) {
      origins.add(row);
      said.add(null);
    }
  }

  RandomWords sameRows() {
    same = true;
    return this;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int classes() {
    return words + 1;
  }

  @Override
  public int begin() {
    return 77;
  }

  @Override
  public int end() {
    return words;
  }

  @Override
  public void choose(int... chosen) {
    origins = Arrays.stream(chosen).mapToObj(origins::get).toList();
    said = new ArrayList<>(Arrays.stream(chosen).mapToObj(said::get).toList());
  }

  @Override
  public float[] step(int... tokens) {
    if (tokens.length != said.size()) {
      throw new IllegalArgumentException(tokens.length + " tokens for " + said.size() + " rows");
    }
    float[] logits = new float[tokens.length * classes()];
    for (int i = 0; i < tokens.length; i++) {
      int[] before = said.get(i);
      if (before == null ? tokens[i] != begin() : tokens[i] < 0 || tokens[i] >= words) {
        throw new IllegalArgumentException(
            "token " + tokens[i] + " after " + Arrays.toString(before));
      }
      int[] now = before == null ? new int[0] : Arrays.copyOf(before, before.length + 1);
      if (before != null) {
        now[before.length] = tokens[i];
      }
      said.set(i, now);
      System.arraycopy(logits(origins.get(i), now), 0, logits, i * classes(), classes());
    }
    return logits;
  }

  private float[] logits(int row, int... before) {
    float[] logits = new float[classes()];
    long stream = RandomStream.CUSTOM.at(same ? 0 : row);
    new Philox(seed)
        .fillUniform(
            logits, 0, logits.length, stream, Arrays.hashCode(before) & 0x7fff_ffff, -3f, 3f);
    return logits;
  }

  double[] logs(int row, int... before) {
    return Distribution.logSoftmax(logits(row, before), 0, classes());
  }

  double logProbability(int row, int[] tokens, boolean ended) {
    double sum = 0;
    for (int t = 0; t < tokens.length; t++) {
      sum += logs(row, Arrays.copyOf(tokens, t))[tokens[t]];
    }
    return ended ? sum + logs(row, tokens)[end()] : sum;
  }

  @Override
  public float[][] attention() {
    float[][] where = new float[said.size()][];
    for (int i = 0; i < where.length; i++) {
      where[i] = new float[] {origins.get(i), said.get(i).length};
    }
    return where;
  }

  @Override
  public void close() {}
}
