package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void alignsWhatIsTwoColumnsWide() {
    Table table = new Table("WORD", "X");
    table.add("국물", "1");
    table.add("국", "2");
    table.add("abcdef", "3");
    StringWriter out = new StringWriter();
    table.print(new PrintWriter(out));
    assertThat(out.toString().lines())
        .containsExactly("WORD    X", "국물    1", "국      2", "abcdef  3");
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatThrownBy(() -> new Table("A", "B").add("1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 cells for 2 columns");
  }
}
