package org.recur4j.examples.syllables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.recur4j.models.data.DataException;

/**
 * Phonemes as indices, in alphabetical order.
 *
 * @param names all different
 */
record PhonemeSet(List<String> names) {
  PhonemeSet {
    names = List.copyOf(names);
  }

  static PhonemeSet of(List<SyllableWord> words) {
    TreeSet<String> found = new TreeSet<>();
    words.forEach(word -> found.addAll(word.phonemes()));
    return new PhonemeSet(new ArrayList<>(found));
  }

  int indices() {
    return names.size();
  }

  int[] encode(List<String> phonemes) {
    Map<String, Integer> indices = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      indices.put(names.get(i), i);
    }
    int[] encoded = new int[phonemes.size()];
    for (int i = 0; i < encoded.length; i++) {
      Integer index = indices.get(phonemes.get(i));
      if (index == null) {
        throw new DataException(
            "the phonemes " + phonemes,
            "the unknown phoneme '" + phonemes.get(i) + "'",
            "some of " + String.join(" ", names),
            "Write the sounds as the dictionary does.");
      }
      encoded[i] = index;
    }
    return encoded;
  }
}
