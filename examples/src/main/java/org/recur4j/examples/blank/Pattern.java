package org.recur4j.examples.blank;

import java.util.List;

/**
 * A way to put it: before the blank, and after it.
 *
 * @param times when it was
 * @param degrees how very much
 * @param openings up to the blank; {@code T} when, {@code D} how much, {@code A} adjective, {@code
 *     O} the thing as object, {@code V} what was done
 * @param closings after the blank; {@code S} the thing as subject, {@code E} what happened
 */
record Pattern(
    List<String> times, List<String> degrees, List<String> openings, List<String> closings) {
  /** For training and validation. */
  static final Pattern KNOWN =
      new Pattern(
          List.of("어제", "아까", "방금", "그저께", "주말에", "지난달에"),
          List.of("정말", "아주", "무척", "제일", "굉장히"),
          List.of(
              "T D A O V는데 기분이 _,", "T O V는데 기분이 정말 _.", "D A O V지만 기분이 _.", "나는 T A O V으니 기분이 _,"),
          List.of(
              "알고 보니 S E거든!",
              "글쎄 S E더라고.",
              "왜냐하면 S E기 때문이야.",
              "그 S E잖아!",
              "S 이미 E던 거야.",
              "사실은 S E대.",
              "그런데 S 갑자기 E네!",
              "하필이면 S E으니까.",
              "역시 S E구나!",
              "나중에 보니까 S E었나 봐."));

  /** For the test alone: the lecture's own among them. */
  static final Pattern UNSEEN =
      new Pattern(
          List.of("오늘", "아침에", "지난주에"),
          List.of("엄청", "매우"),
          List.of("T D A O V는데 기분이 _,", "T 친구랑 A O V을 때 기분이 _.", "D A O V더니 기분이 _,"),
          List.of("아니 S E지 뭐야!", "세상에 S 벌써 E다니까.", "그러니까 S E단 말이야."));
}
