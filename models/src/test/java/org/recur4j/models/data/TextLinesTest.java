package org.recur4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLinesTest {
  @TempDir Path folder;
  Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("names.txt");
  }

  @Test
  void readsLinesWithTheirNumbers() throws IOException {
    write("\uFEFFSophia\r\n\n  Zoë \n\t\n日本\uD83D\uDE00\n\nlast");
    assertThat(TextLines.read(file, 6))
        .containsExactly(
            new TextLine(1, "Sophia"),
            new TextLine(3, "Zoë"),
            new TextLine(5, "日本\uD83D\uDE00"),
            new TextLine(7, "last"));
  }

  @Test
  void refusesEmptyFiles() throws IOException {
    for (String content : new String[] {"", "\n", "\uFEFF", " \r\n\t\n"}) {
      write(content);
      assertRefused("got no entries, expected one entry per line");
    }
  }

  @Test
  void refusesBytesThatAreNotUtf8AndNamesTheLine() throws IOException {
    Files.write(file, "Anna\nZo\u00eb\n".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused("names.txt, line 2: got bytes that are not UTF-8");
    Files.write(file, "Anna\nBob\n\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused("line 3: got bytes that are not UTF-8");
    Files.write(file, "Anna\n".getBytes(StandardCharsets.UTF_16));
    assertRefused("line 1: got bytes that are not UTF-8");
    Files.write(file, new byte[] {'a', '\n', (byte) 0xed, (byte) 0xa0, (byte) 0x80});
    assertRefused("line 2: got bytes that are not UTF-8");
  }

  @Test
  void refusesLinesBeyondTheLimitAndNamesTheLine() throws IOException {
    write("Anna\n\n" + "x".repeat(10_000));
    assertRefused("line 3: got more than 6 characters, expected at most 6");
    write("Anna\nSophia\nDaniela\n");
    assertRefused("line 3: got 7 characters, expected at most 6");
    write("\uD83D\uDE00".repeat(6));
    assertThat(TextLines.read(file, 6)).hasSize(1);
  }

  @Test
  void refusesBinaryFiles() throws IOException {
    write("Anna\nB\0b\n");
    assertRefused("line 2: got the control character U+0000");
  }

  @Test
  void refusesWhatIsNoFile() {
    assertRefused("no such file");
    file = folder;
    assertRefused("a folder or a device");
  }

  @Test
  void labeledLines() throws IOException {
    LabelSet labels = LabelSet.of("female", "male");
    write("Sophia\tfemale\nDaniel \t male\n");
    assertThat(LabeledTextReader.readTabbed(file, labels, 100))
        .containsExactly(new LabeledText("Sophia", 0), new LabeledText("Daniel", 1));
    write("Sophia\tfemale\nDaniel\tcat\n");
    assertThatThrownBy(() -> LabeledTextReader.readTabbed(file, labels, 100))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Cannot use "
                + file
                + ", line 2: got the unknown label 'cat', expected one of female, male. Correct the label, or add it to the label set before training.");
    write("Sophia female\n");
    assertThatThrownBy(() -> LabeledTextReader.readTabbed(file, labels, 100))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 1: got 'Sophia female', expected a text, a tab and a label");
  }

  @Test
  void composesWhatIsDecomposed() throws IOException {
    write("Zoe\u0308\n" + "\u1100\u116E\u11A8".repeat(6) + "\n");
    assertThat(TextLines.read(file, 6))
        .containsExactly(new TextLine(1, "Zo\u00EB"), new TextLine(2, "\uAD6D".repeat(6)));
    write("Zoe\u0308\te\u0301te\u0301\n");
    LabelSet labels = LabelSet.of("hiver", "\u00E9t\u00E9");
    assertThat(LabeledTextReader.readTabbed(file, labels, 100))
        .containsExactly(new LabeledText("Zo\u00EB", 1));
    assertThat(new LabeledText("Zoe\u0308", 1)).isEqualTo(new LabeledText("Zo\u00EB", 1));
    assertThat(LabelSet.of("hiver", "e\u0301te\u0301")).isEqualTo(labels);
    assertThat(labels.indexOf("e\u0301te\u0301", "here")).isEqualTo(1);
    assertThatThrownBy(() -> LabelSet.of("\u00E9t\u00E9", "e\u0301te\u0301"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("all different");
  }

  @Test
  void labels() {
    assertThat(LabelSet.of("a", "b").indexOf("b", "here")).isEqualTo(1);
    for (LabelSetNames names :
        new LabelSetNames[] {
          () -> new String[0], () -> new String[] {"a", "a"}, () -> new String[] {" "}
        }) {
      assertThatThrownBy(() -> LabelSet.of(names.get()))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("all different, none blank");
    }
    assertThatThrownBy(() -> new LabeledText("x", -1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("label index -1");
  }

  private interface LabelSetNames {
    String[] get();
  }

  private void write(String content) throws IOException {
    Files.writeString(file, content);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> TextLines.read(file, 6))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("Cannot use " + file)
        .hasMessageContaining(message);
  }
}
