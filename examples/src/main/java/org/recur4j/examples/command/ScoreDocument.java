package org.recur4j.examples.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.examples.task.Reference;
import org.recur4j.examples.task.Score;

/** A score as JSON. */
final class ScoreDocument {
  private ScoreDocument() {}

  static Map<String, Object> of(Score score) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("metric", score.metric());
    row.put("value", score.value());
    row.put("unit", score.unit().name());
    row.put("better", score.better().name());
    row.put("baselines", references(score.baselines()));
    row.put("published", references(score.published()));
    return row;
  }

  private static List<Map<String, Object>> references(List<Reference> references) {
    return references.stream()
        .map(
            reference -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("name", reference.name());
              row.put("low", reference.low());
              row.put("high", reference.high());
              return row;
            })
        .toList();
  }
}
