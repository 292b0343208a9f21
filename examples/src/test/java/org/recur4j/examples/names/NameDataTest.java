package org.recur4j.examples.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.models.data.DataException;
import org.recur4j.models.data.LabeledText;
import org.recur4j.models.data.Vocabulary;

class NameDataTest {
  @TempDir Path folder;

  @Test
  void theListsAreTheOriginals() throws IOException, GeneralSecurityException {
    assertThat(sha256(resource("female.txt")))
        .isEqualTo("f2ee53b7adf88a44c0ffaa5aa549e749ac6bd95e813cb68213145276b8efd8c9");
    assertThat(sha256(resource("male.txt")))
        .isEqualTo("35cf3ca775b204f7a67a6a25f651e7149ea0f0d22ffad9d366e680fe948ca38e");
  }

  /** Counted by a second program in another language. */
  @Test
  void theDivisionIsTheAgreedOne() {
    NameData data = NameData.load();
    assertThat(data.labels().names()).containsExactly("female", "male");
    assertThat(data.test()).hasSize(790);
    assertThat(data.validation()).hasSize(725);
    assertThat(data.training()).hasSize(6488);
    assertThat(all(data))
        .extracting(LabeledText::label)
        .filteredOn(label -> label == 0)
        .hasSize(4525);
    assertThat(all(data))
        .extracting(LabeledText::label)
        .filteredOn(label -> label == 1)
        .hasSize(3478);
    assertThat(data.test()).allMatch(example -> hash(example)[0] >= 0 && hash(example)[0] < 26);
    assertThat(all(data))
        .extracting(LabeledText::text)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[-a-z]{2,15}"));
    assertThat(
            Vocabulary.collect(data.training().stream().map(LabeledText::text).toList())
                .characters())
        .isEqualTo("-abcdefghijklmnopqrstuvwxyz");
  }

  @Test
  void ownListsAreNormalizedAndCleaned() throws IOException {
    Path cats = list("cats.txt", IntStream.range(0, 200).mapToObj(i -> " CAT" + i));
    Path dogs =
        list(
            "dogs",
            Stream.concat(
                Stream.of("cat7", "DOG1", "Dog1 "),
                IntStream.range(0, 200).mapToObj(i -> "dog" + i)));
    NameData data = NameData.read(List.of(cats, dogs));
    assertThat(data.labels().names()).containsExactly("cats", "dogs");
    assertThat(all(data))
        .hasSize(399)
        .doesNotContain(new LabeledText("cat7", 0), new LabeledText("cat7", 1));
    assertThat(all(data)).contains(new LabeledText("cat0", 0), new LabeledText("dog1", 1));
  }

  @Test
  void twoWaysToEncodeANameAreOneName() throws IOException {
    Stream<String> cats = IntStream.range(0, 200).mapToObj(i -> "cat" + i);
    Stream<String> dogs = IntStream.range(0, 200).mapToObj(i -> "dog" + i);
    Stream<String> onceInBoth = Stream.of("Zo\u00CB", "Re\u0301my", "R\u00E9my");
    NameData data =
        NameData.read(
            List.of(
                list("cats", Stream.concat(cats, onceInBoth)),
                list("dogs", Stream.concat(dogs, Stream.of("zoe\u0308", "no\u00EBl")))));
    assertThat(all(data))
        .hasSize(402)
        .contains(new LabeledText("r\u00E9my", 0), new LabeledText("no\u00EBl", 1))
        .noneMatch(example -> example.text().startsWith("zo"));
  }

  @Test
  void badListsAreRefused() throws IOException {
    Path good = list("good", IntStream.range(0, 200).mapToObj(i -> "name" + i));
    Path empty = list("empty", Stream.of());
    Path longName = list("long", Stream.of("Anna", "x".repeat(10_000)));
    Path few = list("few", Stream.of("Anna"));
    Path latin =
        Files.write(folder.resolve("latin"), "Zo\u00eb\n".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(List.of(good, empty), "empty: got no entries");
    assertRefused(List.of(good, longName), "long, line 2: got more than 100 characters");
    assertRefused(List.of(good, latin), "latin, line 1: got bytes that are not UTF-8");
    assertRefused(List.of(good), "got 1 files, expected at least two");
    assertRefused(List.of(good, good), "all different");
    assertRefused(
        List.of(few, list("few2", Stream.of("Bob"))), "expected at least one in each part");
  }

  private static void assertRefused(List<Path> lists, String message) {
    assertThatThrownBy(() -> NameData.read(lists))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  private Path list(String name, Stream<String> names) throws IOException {
    return Files.write(folder.resolve(name), names.toList());
  }

  private static List<LabeledText> all(NameData data) {
    return Stream.of(data.training(), data.validation(), data.test())
        .flatMap(List::stream)
        .toList();
  }

  private static byte[] hash(LabeledText example) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(example.text().getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String sha256(byte[] content) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private static byte[] resource(String name) throws IOException {
    try (var content = NameData.class.getResourceAsStream(name)) {
      return content.readAllBytes();
    }
  }
}
