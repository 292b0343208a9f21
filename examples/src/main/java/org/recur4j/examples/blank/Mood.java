package org.recur4j.examples.blank;

import java.util.List;

/**
 * A word that fills the blank, with what can have happened to make it the right one.
 *
 * @param word what fills the blank
 * @param events stems of what happened, in the past
 */
record Mood(String word, List<String> events) {
  /**
   * In the order of the network's classes: good, bad, strange, gloomy. Each goes with as many
   * events, so that none is likelier than another.
   */
  static final List<Mood> ALL =
      List.of(
          new Mood("좋았어", List.of("공짜였", "반값이었", "신기했", "근사했", "훌륭했", "완벽했")),
          new Mood("나빴어", List.of("상했", "망가졌", "더러웠", "가짜였", "터무니없었", "엉망이었")),
          new Mood("이상했어", List.of("사라졌", "움직였", "바뀌었", "흔들렸", "변했", "빛났")),
          new Mood("우울했어", List.of("마지막이었", "모자랐", "부족했", "끝났", "떨어졌", "매진됐")));
}
