package org.recur4j.models.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.file.ModelFileException;
import org.recur4j.models.internal.json.ChangedDocuments;
import org.recur4j.models.safetensors.ChangedMetadata;

/**
 * Small files of encoder–decoders with right checksums whose architecture says what no writer
 * wrote: each is refused as a model file, or means exactly what it says.
 */
@Tag("thorough")
class ChangedTranslationTest {
  private static final String KEY = "recur4j.encoderDecoder";

  @TempDir private Path folder;
  private final List<Object> leaks = new ArrayList<>();
  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults().withOnLeak(leaks::addAll));
  }

  @AfterEach
  void close() {
    backend.close();
    assertThat(leaks).as("open scopes").isEmpty();
  }

  @Test
  void everyChangedArchitectureIsRefusedOrMeansWhatItSays() {
    Path file = folder.resolve("model.safetensors");
    try (EncoderDecoder model =
        EncoderDecoder.builder(5, 4)
            .embedding(3)
            .encoder(lstm(2).direction(Direction.BIDIRECTIONAL))
            .decoder(gru(2), lstm(3))
            .attention(Attention.ADDITIVE)
            .dropout(0.25)
            .labelSmoothing(0.1)
            .build(backend)) {
      model.save(file, Map.of());
    }
    ChangedMetadata changed = new ChangedMetadata(file);
    int refused = 0;
    for (String text : ChangedDocuments.of(changed.metadata().get(KEY))) {
      changed.write(KEY, text);
      try (EncoderDecoder model = EncoderDecoder.load(file, backend)) {
        assertThat(EncoderDecoderFile.write(model.architecture(), model.labelSmoothing()))
            .as(text)
            .matches(said -> ChangedDocuments.equal(said, text));
      } catch (ModelFileException e) {
        assertThat(e).hasMessageContaining("Cannot read model file " + file);
        assertThat(e.getMessage().length()).as(e.getMessage()).isLessThan(1000);
        refused++;
      } catch (Throwable e) {
        throw new AssertionError("loading " + text, e);
      }
    }
    assertThat(refused).isGreaterThan(400);
  }
}
