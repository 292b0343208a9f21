package org.recur4j.examples.pronounce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The baseline: each letter says what it says most often between its two neighbors. Which letter
 * says which phonemes (none, one or two of them) is found in the training words by aligning them
 * again and again with the counts of the time before (Viterbi training).
 */
final class LetterRules {
  private static final int ROUNDS = 4;
  private static final int MOST = 2;
  private static final int EDGE = PronounceData.LETTERS.length();
  private static final List<Integer> SILENCE = List.of();

  /** How often a letter, or a letter among neighbors, says a chunk of phonemes. */
  private final Map<List<Integer>, Map<List<Integer>, Integer>> counts = new HashMap<>();

  LetterRules(List<PronounceData.Word> words) {
    Map<List<Integer>, Map<List<Integer>, Integer>> before = new HashMap<>();
    for (PronounceData.Word word : words) {
      int[] letters = word.letters();
      int[] phonemes = word.pronunciations().get(0);
      for (int i = 0; i < letters.length; i++) {
        List<Integer> guess = List.of(phonemes[i * phonemes.length / letters.length]);
        count(before, List.of(letters[i]), i % MOST == 0 || guess.isEmpty() ? guess : SILENCE);
        count(before, List.of(letters[i]), guess);
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      counts.clear();
      for (PronounceData.Word word : words) {
        learn(word.letters(), align(before, word.letters(), word.pronunciations().get(0)));
      }
      before.clear();
      before.putAll(counts);
    }
  }

  private static void count(
      Map<List<Integer>, Map<List<Integer>, Integer>> counts,
      List<Integer> context,
      List<Integer> chunk) {
    counts.computeIfAbsent(context, any -> new HashMap<>()).merge(chunk, 1, Integer::sum);
  }

  private void learn(int[] letters, List<List<Integer>> chunks) {
    for (int i = 0; i < chunks.size(); i++) {
      for (List<Integer> context : contexts(letters, i)) {
        count(counts, context, chunks.get(i));
      }
    }
  }

  /** The widest first. */
  private static List<List<Integer>> contexts(int[] letters, int place) {
    int before = place == 0 ? EDGE : letters[place - 1];
    int after = place == letters.length - 1 ? EDGE : letters[place + 1];
    int letter = letters[place];
    return List.of(List.of(before, letter, after), List.of(letter, after), List.of(letter));
  }

  /** The likeliest chunk of each letter; no chunks where the phonemes are too many. */
  private static List<List<Integer>> align(
      Map<List<Integer>, Map<List<Integer>, Integer>> counts, int[] letters, int[] phonemes) {
    double[][] best = new double[letters.length + 1][phonemes.length + 1];
    int[][] taken = new int[letters.length + 1][phonemes.length + 1];
    for (double[] row : best) {
      Arrays.fill(row, Double.NEGATIVE_INFINITY);
    }
    best[0][0] = 0;
    for (int i = 1; i <= letters.length; i++) {
      Map<List<Integer>, Integer> said = counts.getOrDefault(List.of(letters[i - 1]), Map.of());
      double all = said.values().stream().mapToInt(Integer::intValue).sum() + 1.0;
      for (int j = 0; j <= phonemes.length; j++) {
        for (int size = 0; size <= Math.min(MOST, j); size++) {
          int times = said.getOrDefault(chunk(phonemes, j - size, j), 0);
          double score = best[i - 1][j - size] + Math.log((times + 1e-3) / all);
          if (score > best[i][j]) {
            best[i][j] = score;
            taken[i][j] = size;
          }
        }
      }
    }
    List<List<Integer>> chunks = new ArrayList<>();
    if (best[letters.length][phonemes.length] == Double.NEGATIVE_INFINITY) {
      return chunks;
    }
    int end = phonemes.length;
    for (int i = letters.length; i > 0; i--) {
      int from = end - taken[i][end];
      chunks.add(0, chunk(phonemes, from, end));
      end = from;
    }
    return chunks;
  }

  private static List<Integer> chunk(int[] phonemes, int from, int to) {
    return Arrays.stream(phonemes, from, to).boxed().toList();
  }

  /** What the rules say. */
  List<Integer> pronounce(int... letters) {
    List<Integer> phonemes = new ArrayList<>();
    for (int i = 0; i < letters.length; i++) {
      for (List<Integer> context : contexts(letters, i)) {
        Map<List<Integer>, Integer> said = counts.get(context);
        if (said != null) {
          phonemes.addAll(mostFrequent(said));
          break;
        }
      }
    }
    return phonemes;
  }

  /** The first in order among equals, so that the answer does not hang on a hash. */
  private static List<Integer> mostFrequent(Map<List<Integer>, Integer> said) {
    return said.entrySet().stream()
        .max(
            Map.Entry.<List<Integer>, Integer>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.comparing(List::toString))))
        .orElseThrow()
        .getKey();
  }
}
