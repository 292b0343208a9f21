package org.recur4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.internal.json.ChangedDocuments;
import org.recur4j.models.series.MinMaxScaler;
import org.recur4j.models.series.Scaler;
import org.recur4j.models.series.StandardScaler;

/** Notes of scalers that say what no scaler wrote. */
class ChangedScalerTest {
  private static final float[][] SERIES = {{1, 5}, {2.5f, 5}, {4, 7}};

  @Test
  void everyChangedNoteIsRefusedOrMeansWhatItSays() {
    int refused = 0;
    for (Scaler scaler : List.of(StandardScaler.fit(SERIES), MinMaxScaler.fit(SERIES, -1, 1))) {
      for (String text : ChangedDocuments.of(scaler.toNote())) {
        try {
          String said = Scaler.ofNote(text).toNote();
          assertThat(ChangedDocuments.equal(said, text)).as(text).isTrue();
        } catch (InvalidArgumentException e) {
          assertThat(e).hasMessageStartingWith("Scaler.ofNote: got '");
          assertThat(e.getMessage().length()).as(e.getMessage()).isLessThan(1000);
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(150);
  }

  @Test
  void theMessageNamesTheMember() {
    refuses(
        "{\"scaler\":\"standard\",\"mean\":[1,\"2\"],\"deviation\":[1,1]}",
        "'mean[1]' is '2', expected a finite number");
    refuses(
        "{\"scaler\":\"standard\",\"mean\":[1],\"deviation\":[1],\"mean\":[2]}",
        "'mean' occurs twice");
    refuses("{\"scaler\":{}}", "'scaler' is an object, expected a string");
    refuses(
        "{\"scaler\":\"min-max\",\"minimum\":[-1e308],\"maximum\":[1e308],\"low\":0,\"high\":1}",
        "their differences finite");
    refuses(
        "{\"scaler\":\"min-max\",\"minimum\":[0],\"maximum\":[1],\"low\":-1e308,\"high\":1e308}",
        "finite bounds with a finite difference");
  }

  private static void refuses(String note, String part) {
    assertThatThrownBy(() -> Scaler.ofNote(note))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(part)
        .hasMessageContaining("as Scaler.toNote writes it");
  }
}
