package org.recur4j.models.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Beam search with one beam per row, where each model step processes the beams of the whole batch.
 */
final class BeamSearch {
  private final Continuation model;
  private final DecodingStrategy.Beam how;
  private final List<List<DecodedSequence>> finished = new ArrayList<>();

  /** The unfinished hypotheses of each beam. */
  private final List<List<TokenPath>> alive = new ArrayList<>();

  BeamSearch(Continuation model, DecodingStrategy.Beam how) {
    this.model = model;
    this.how = how;
  }

  /** A hypothesis extended by one token; {@code row} is the row of the hypothesis in the model. */
  private record Candidate(TokenPath from, int row, int token, double logProbability) {}

  /**
   * Higher probability first; ties are broken by the rank of the hypothesis, then by the lower
   * token.
   */
  private static final Comparator<Candidate> ORDER =
      Comparator.comparingDouble(Candidate::logProbability)
          .reversed()
          .thenComparingInt(Candidate::row)
          .thenComparingInt(Candidate::token);

  List<List<DecodedSequence>> run() {
    int[] tokens = new int[model.rows()];
    java.util.Arrays.fill(tokens, model.begin());
    for (int beam = 0; beam < tokens.length; beam++) {
      finished.add(new ArrayList<>());
      alive.add(List.of(TokenPath.EMPTY));
    }
    for (int place = 0; tokens.length > 0; place++) {
      float[] logits = model.step(tokens);
      float[][] where = model.attention();
      List<Integer> parents = new ArrayList<>();
      int row = 0;
      for (int beam = 0; beam < alive.size(); beam++) {
        int rows = alive.get(beam).size();
        List<Candidate> best = candidates(alive.get(beam), row, logits);
        alive.set(beam, kept(beam, best, where, place, parents));
        row += rows;
      }
      tokens = alive.stream().flatMap(List::stream).mapToInt(TokenPath::token).toArray();
      if (tokens.length > 0) {
        model.choose(parents.stream().mapToInt(Integer::intValue).toArray());
      }
    }
    for (List<DecodedSequence> each : finished) {
      each.sort(
          Comparator.comparing(DecodedSequence::ended)
              .thenComparingDouble(DecodedSequence::score)
              .reversed());
    }
    return finished;
  }

  /** Returns the most probable extensions, as many as the beam is wide. */
  private List<Candidate> candidates(List<TokenPath> paths, int firstRow, float[] logits) {
    PriorityQueue<Candidate> worstFirst = new PriorityQueue<>(ORDER.reversed());
    int room = how.width();
    for (int i = 0; i < paths.size(); i++) {
      TokenPath path = paths.get(i);
      double[] logs = Distribution.logSoftmax(logits, firstRow + i, model.classes());
      for (int token = 0; token < logs.length; token++) {
        double total = path.logProbability() + logs[token];
        worstFirst.add(new Candidate(path, firstRow + i, token, total));
        if (worstFirst.size() > room) {
          worstFirst.poll();
        }
      }
    }
    List<Candidate> best = new ArrayList<>(worstFirst);
    best.sort(ORDER);
    return best;
  }

  /**
   * Moves ended candidates to the finished ones and returns the others, whose model rows are added
   * to {@code parents}.
   */
  private List<TokenPath> kept(
      int beam, List<Candidate> best, float[][] where, int place, List<Integer> parents) {
    List<TokenPath> next = new ArrayList<>();
    int room = how.width() - finished.get(beam).size();
    for (Candidate candidate : best.subList(0, Math.min(room, best.size()))) {
      float[] looked = where.length == 0 ? null : where[candidate.row()];
      boolean ended = candidate.token() == model.end();
      TokenPath path = candidate.from().with(candidate.token(), candidate.logProbability(), looked);
      if (ended) {
        finished.get(beam).add(path.decoded(how.score(path.logProbability(), path.length()), true));
      } else if (place < how.maximumLength()) {
        next.add(path);
        parents.add(candidate.row());
      } else {
        // The candidate exceeds the maximum length: keep the hypothesis before it, truncated, once.
        TokenPath broken = candidate.from();
        double score = how.score(broken.logProbability(), Math.max(1, broken.length()));
        DecodedSequence decoded = broken.decoded(score, false);
        if (finished.get(beam).stream().noneMatch(other -> same(other, decoded))) {
          finished.get(beam).add(decoded);
        }
      }
    }
    return next;
  }

  private static boolean same(DecodedSequence one, DecodedSequence other) {
    return !one.ended() && java.util.Arrays.equals(one.tokens(), other.tokens());
  }
}
