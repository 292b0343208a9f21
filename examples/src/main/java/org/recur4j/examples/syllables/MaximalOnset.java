package org.recur4j.examples.syllables;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Syllables by rule, the baseline: of the consonants between two vowels as many begin the second
 * syllable as some training word begins with (the maximal onset principle).
 */
final class MaximalOnset {
  private static final String VOWEL_LETTERS = "aeiou";

  private final Set<List<String>> onsets = new HashSet<>();

  /** Learns the onsets. */
  MaximalOnset(List<SyllableWord> training) {
    onsets.add(List.of());
    for (SyllableWord word : training) {
      List<String> phonemes = word.phonemes();
      int first = nextVowel(phonemes, 0);
      if (first < phonemes.size()) {
        onsets.add(phonemes.subList(0, first));
      }
    }
  }

  int[] starts(List<String> phonemes) {
    int[] starts = new int[phonemes.size()];
    starts[0] = 1;
    int vowel = nextVowel(phonemes, 0);
    while (vowel < phonemes.size()) {
      int next = nextVowel(phonemes, vowel + 1);
      if (next < phonemes.size()) {
        int start = vowel + 1;
        while (!onsets.contains(phonemes.subList(start, next))) {
          start++;
        }
        starts[start] = 1;
      }
      vowel = next;
    }
    return starts;
  }

  /** Share of words whose syllables all begin where they should. */
  double wordsRight(List<SyllableWord> words) {
    long right =
        words.stream().filter(w -> Arrays.equals(starts(w.phonemes()), w.starts())).count();
    return (double) right / words.size();
  }

  /** In the dictionary's notation the names of vowels, and of no consonant, begin so. */
  private static boolean isVowel(String phoneme) {
    return VOWEL_LETTERS.indexOf(phoneme.charAt(0)) >= 0;
  }

  private static int nextVowel(List<String> phonemes, int from) {
    int at = from;
    while (at < phonemes.size() && !isVowel(phonemes.get(at))) {
      at++;
    }
    return at;
  }
}
