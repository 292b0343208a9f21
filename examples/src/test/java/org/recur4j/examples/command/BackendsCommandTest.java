package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackendsCommandTest {
  @Test
  void saysWhatIsThereAndWhyNot() {
    assertThat(Run.of("backends").succeeds().out())
        .startsWith("NAME")
        .containsPattern("(?m)^ejml +yes +200 +pure Java")
        // Yes wherever ND4J has natives for the platform that builds this.
        .containsPattern("(?m)^nd4j +(yes +100 +ND4J |no +)")
        .containsPattern("(?m)^cuda +no ")
        .contains("→ ");
  }

  @Test
  void printsJson() {
    Map<String, JsonObject> rows = new HashMap<>();
    JsonParser.parseString(Run.of("backends", "--json").succeeds().out())
        .getAsJsonArray()
        .forEach(
            row ->
                rows.put(row.getAsJsonObject().get("name").getAsString(), row.getAsJsonObject()));
    assertThat(rows).containsOnlyKeys("ejml", "nd4j", "cuda");
    assertThat(rows.get("ejml").get("available").getAsBoolean()).isTrue();
    assertThat(rows.get("ejml").get("score").getAsInt()).isEqualTo(200);
    // Of these it depends on the machine.
    for (String other : new String[] {"nd4j", "cuda"}) {
      JsonObject row = rows.get(other);
      if (row.get("available").getAsBoolean()) {
        assertThat(row.get("score").getAsInt()).isPositive();
      } else {
        assertThat(row.get("reason").getAsString()).isNotBlank();
        assertThat(row.get("remedy").getAsString()).isNotBlank();
      }
    }
  }
}
