package org.recur4j.models.decoding;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;

/**
 * Decodes complete sequences with a model that predicts the next token. Rows are independent of
 * each other.
 */
public final class SequenceDecoder {
  private SequenceDecoder() {}

  /**
   * Continues every row until it ends or reaches the maximum length.
   *
   * @param model a continuation on which no step has been run
   * @param how decoding strategy
   * @return for each row one sequence or, for beam search, those of the beam: ended ones before
   *     truncated ones, best first
   */
  public static List<List<DecodedSequence>> decode(Continuation model, DecodingStrategy how) {
    return how instanceof DecodingStrategy.Beam beam
        ? new BeamSearch(model, beam).run()
        : withoutBeam(model, how);
  }

  /** Decodes one sequence per row; rows that have ended are removed from the batch. */
  private static List<List<DecodedSequence>> withoutBeam(Continuation model, DecodingStrategy how) {
    List<List<DecodedSequence>> decoded = new ArrayList<>();
    TokenPath[] paths = new TokenPath[model.rows()];
    int[] alive = new int[model.rows()];
    int[] tokens = new int[model.rows()];
    for (int row = 0; row < paths.length; row++) {
      decoded.add(List.of());
      paths[row] = TokenPath.EMPTY;
      alive[row] = row;
      tokens[row] = model.begin();
    }
    int most = how.maximumLength();
    for (int place = 0; alive.length > 0; place++) {
      float[] logits = model.step(tokens);
      float[][] where = model.attention();
      int[] kept = new int[alive.length];
      int count = 0;
      for (int i = 0; i < alive.length; i++) {
        int row = alive[i];
        double[] logs = Distribution.logSoftmax(logits, i, model.classes());
        int token = choose(how, logs, row, place);
        boolean ended = token == model.end();
        if (ended || place < most) {
          paths[row] =
              paths[row].with(
                  token,
                  paths[row].logProbability() + logs[token],
                  where.length == 0 ? null : where[i]);
        }
        // A sequence of the maximum length may still end with the end token.
        if (ended || place == most) {
          decoded.set(row, List.of(paths[row].decoded(paths[row].logProbability(), ended)));
        } else {
          kept[count++] = i;
        }
      }
      int[] rows = java.util.Arrays.copyOf(kept, count);
      int[] next = new int[count];
      tokens = new int[count];
      for (int i = 0; i < count; i++) {
        next[i] = alive[rows[i]];
        tokens[i] = paths[next[i]].token();
      }
      if (count > 0 && count < alive.length) {
        model.choose(rows);
      }
      alive = next;
    }
    return decoded;
  }

  private static int choose(DecodingStrategy how, double[] logs, int row, int place) {
    if (how instanceof DecodingStrategy.Sampled sampled) {
      double u = new Philox(sampled.seed()).uniformDouble(RandomStream.SAMPLING.at(row), place, 0);
      return Distribution.draw(logs, sampled.temperature(), sampled.topK(), u);
    }
    return Distribution.likeliest(logs);
  }
}
