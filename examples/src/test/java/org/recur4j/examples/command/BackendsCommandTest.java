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
        .containsPattern("(?m)^nd4j +no ")
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
    for (String absent : new String[] {"nd4j", "cuda"}) {
      assertThat(rows.get(absent).get("available").getAsBoolean()).isFalse();
      assertThat(rows.get(absent).get("reason").getAsString()).isNotBlank();
      assertThat(rows.get(absent).get("remedy").getAsString()).isNotBlank();
    }
  }
}
