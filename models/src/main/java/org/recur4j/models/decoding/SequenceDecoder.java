package org.recur4j.models.decoding;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;

/**
 * Says whole sequences with a model that can say the next token. Rows do not influence each other.
 */
public final class SequenceDecoder {
  private SequenceDecoder() {}

  /**
   * Continues every row until it ends or is too long.
   *
   * @param model at its beginning
   * @param how tokens are chosen
   * @return for each row what was said: one sequence, or those of the beam, best first, broken-off
   *     ones behind ended ones
   */
  public static List<List<Decoded>> decode(Continuation model, DecodingStrategy how) {
    return how instanceof DecodingStrategy.Beam beam
        ? new BeamSearch(model, beam).run()
        : straight(model, how);
  }

  /** One sequence a row; rows that have ended leave the batch. */
  private static List<List<Decoded>> straight(Continuation model, DecodingStrategy how) {
    List<List<Decoded>> said = new ArrayList<>();
    TokenPath[] paths = new TokenPath[model.rows()];
    int[] alive = new int[model.rows()];
    int[] tokens = new int[model.rows()];
    for (int row = 0; row < paths.length; row++) {
      said.add(List.of());
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
        // a sequence of the greatest length may still say that it ends here
        if (ended || place == most) {
          said.set(row, List.of(paths[row].decoded(paths[row].logProbability(), ended)));
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
    return said;
  }

  private static int choose(DecodingStrategy how, double[] logs, int row, int place) {
    if (how instanceof DecodingStrategy.Sampled sampled) {
      double u = new Philox(sampled.seed()).uniformDouble(RandomStream.SAMPLING.at(row), place, 0);
      return Distribution.draw(logs, sampled.temperature(), sampled.topK(), u);
    }
    return Distribution.likeliest(logs);
  }
}
