package org.recur4j.examples.blank;

import java.util.List;

/**
 * What a person was doing when the mood came.
 *
 * @param adjective how they expected the thing to be
 * @param noun the thing
 * @param verb what they did with it, up to 는데 ("and then")
 */
record Setting(String adjective, String noun, String verb) {
  /** For training and validation. */
  static final List<Setting> KNOWN =
      List.of(
          new Setting("달콤한", "과자", "샀"),
          new Setting("유명한", "빵", "골랐"),
          new Setting("따뜻한", "국", "끓였"),
          new Setting("싱싱한", "생선", "구웠"),
          new Setting("시원한", "음료수", "마셨"),
          new Setting("재미있는", "영화", "봤"),
          new Setting("예쁜", "옷", "입었"),
          new Setting("비싼", "시계", "찼"),
          new Setting("새로운", "장난감", "받았"),
          new Setting("커다란", "그림", "걸었"),
          new Setting("멋있는", "자동차", "탔"),
          new Setting("귀여운", "인형", "안았"),
          new Setting("두꺼운", "책", "읽었"),
          new Setting("화려한", "꽃", "심었"),
          new Setting("좋은", "의자", "만들었"),
          new Setting("빨간", "모자", "썼"),
          new Setting("고소한", "두부", "부쳤"),
          new Setting("매운", "떡볶이", "시켰"),
          new Setting("노란", "바나나", "깠"),
          new Setting("조용한", "방", "빌렸"),
          new Setting("빠른", "기차", "기다렸"),
          new Setting("무거운", "상자", "옮겼"),
          new Setting("특별한", "선물", "열었"),
          new Setting("얇은", "공책", "폈"),
          new Setting("동그란", "거울", "닦았"),
          new Setting("튼튼한", "자전거", "고쳤"),
          new Setting("쓴", "커피", "주문했"),
          new Setting("푸른", "나무", "키웠"));

  /** For the test alone: the lecture's meat among them. */
  static final List<Setting> UNSEEN =
      List.of(
          new Setting("맛있는", "고기", "먹었"),
          new Setting("편한", "신발", "신었"),
          new Setting("작은", "가방", "들었"),
          new Setting("하얀", "케이크", "잘랐"),
          new Setting("오래된", "노래", "들었"),
          new Setting("부드러운", "이불", "덮었"),
          new Setting("파란", "우산", "폈"),
          new Setting("신선한", "딸기", "씻었"));
}
