package org.recur4j.examples.blank;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.examples.korean.Jamo;

/**
 * Makes sentences from patterns. What stands before the blank is drawn without a look at the mood:
 * it cannot give the word away.
 *
 * @param settings what they are about
 * @param pattern how they put it
 * @param generator of the draws
 * @param stream of the draws
 */
record SentenceMaker(List<Setting> settings, Pattern pattern, Philox generator, long stream) {
  private static final long SEED = 1;

  /** Sentences to learn from and to validate with; both parts are drawn alike. */
  static SentenceMaker known() {
    return new SentenceMaker(
        Setting.KNOWN, Pattern.KNOWN, new Philox(SEED), RandomStream.CUSTOM.at(0));
  }

  /** Sentences to test with: no thing, no time, no pattern of them is in {@link #known()}. */
  static SentenceMaker unseen() {
    return new SentenceMaker(
        Setting.UNSEEN, Pattern.UNSEEN, new Philox(SEED), RandomStream.CUSTOM.at(1));
  }

  /**
   * Draws sentences.
   *
   * @param count how many
   * @return all different, the moods in turn
   */
  List<BlankSentence> make(int count) {
    Set<BlankSentence> sentences = new LinkedHashSet<>();
    for (int draw = 0; sentences.size() < count; draw++) {
      sentences.add(make(draw, sentences.size() % Mood.ALL.size()));
    }
    return new ArrayList<>(sentences);
  }

  private BlankSentence make(int draw, int mood) {
    Setting setting = pick(settings, draw, 0);
    String opening = fill(pick(pattern.openings(), draw, 1), 'T', pick(pattern.times(), draw, 2));
    opening = fill(opening, 'D', pick(pattern.degrees(), draw, 3));
    opening = fill(opening, 'A', setting.adjective());
    opening = fill(opening, 'O', setting.noun() + (ends(setting) ? "을" : "를"));
    opening = fill(opening, 'V', setting.verb());
    String closing =
        fill(pick(pattern.closings(), draw, 4), 'S', setting.noun() + (ends(setting) ? "이" : "가"));
    closing = fill(closing, 'E', pick(Mood.ALL.get(mood).events(), draw, 5));
    return new BlankSentence(opening + " " + closing, mood);
  }

  private <V> V pick(List<V> from, int draw, int place) {
    return from.get(generator.bounded(from.size(), stream, draw, place));
  }

  private static boolean ends(Setting setting) {
    return Jamo.endsInConsonant(setting.noun().charAt(setting.noun().length() - 1));
  }

  private static String fill(String pattern, char place, String word) {
    return pattern.replace(String.valueOf(place), word);
  }
}
