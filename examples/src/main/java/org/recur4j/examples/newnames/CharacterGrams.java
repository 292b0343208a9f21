package org.recur4j.examples.newnames;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.recur4j.models.metric.Perplexity;

/**
 * Counts of the symbols that follow the last n − 1, smoothed by Witten and Bell (1991), method C:
 * P(c | h) = (count(h c) + kinds(h) · P(c | h without its first symbol)) / (count(h) + kinds(h)),
 * and before that every symbol equally likely. What a network has to beat.
 */
final class CharacterGrams {
  private static final char BOUNDARY = '\n';

  private final int order;
  private final int symbols;
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Integer> totals = new HashMap<>();
  private final Map<String, Set<Character>> kinds = new HashMap<>();

  /** Counts n-grams of names, with so many different symbols, the boundary among them. */
  CharacterGrams(int order, int symbols, List<String> names) {
    this.order = order;
    this.symbols = symbols;
    for (String name : names) {
      String text = padded(name);
      for (int i = order - 1; i < text.length(); i++) {
        for (int length = 0; length < order; length++) {
          String history = text.substring(i - length, i);
          counts.merge(history + text.charAt(i), 1, Integer::sum);
          totals.merge(history, 1, Integer::sum);
          kinds.computeIfAbsent(history, h -> new HashSet<>()).add(text.charAt(i));
        }
      }
    }
  }

  private String padded(String name) {
    return String.valueOf(BOUNDARY).repeat(order - 1) + name + BOUNDARY;
  }

  double probability(String history, char next) {
    double shorter = history.isEmpty() ? 1.0 / symbols : probability(history.substring(1), next);
    int total = totals.getOrDefault(history, 0);
    if (total == 0) {
      return shorter;
    }
    int different = kinds.get(history).size();
    return (counts.getOrDefault(history + next, 0) + different * shorter) / (total + different);
  }

  /** For each symbol of some names, their ends among them. */
  double perplexity(List<String> names) {
    double sum = 0;
    int said = 0;
    for (String name : names) {
      String text = padded(name);
      for (int i = order - 1; i < text.length(); i++) {
        sum -= StrictMath.log(probability(text.substring(i - order + 1, i), text.charAt(i)));
        said++;
      }
    }
    return Perplexity.of(sum / said);
  }
}
