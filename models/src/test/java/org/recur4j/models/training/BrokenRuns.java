package org.recur4j.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.network.Network;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.Interval;

/**
 * A {@link ResumableTraining} run through, broken off and gone on with.
 *
 * @param folder where checkpoint and models lie
 * @param backend closed with this
 * @param leaks scopes that were open when it closed
 */
record BrokenRuns(Path folder, Backend backend, List<Object> leaks) implements AutoCloseable {
  static BrokenRuns in(Path folder) {
    List<Object> leaks = new ArrayList<>();
    Backend backend = new ToyProvider().open(BackendOptions.defaults().withOnLeak(leaks::addAll));
    return new BrokenRuns(folder, backend, leaks);
  }

  Path checkpoint() {
    return folder.resolve("training.safetensors");
  }

  Trainer<Example> resume(Trainer<Example> trainer) {
    return trainer.checkpoint(checkpoint(), Interval.batches(3));
  }

  byte[] uninterrupted(UnaryOperator<Trainer<Example>> options) throws IOException {
    return run(options, folder.resolve("uninterrupted.safetensors"));
  }

  byte[] finish(UnaryOperator<Trainer<Example>> options, TrainingListener listener)
      throws IOException {
    return run(
        trainer -> resume(options.apply(trainer)).listener(listener),
        folder.resolve("model.safetensors"));
  }

  private byte[] run(UnaryOperator<Trainer<Example>> options, Path model) throws IOException {
    try (Network network = ResumableTraining.network(backend)) {
      TrainingResult result =
          options.apply(ResumableTraining.trainer(network)).train(ResumableTraining.examples());
      ResumableTraining.save(network, result, model);
    }
    return Files.readAllBytes(model);
  }

  void breakAfter(int batches, UnaryOperator<Trainer<Example>> options) {
    assertThatThrownBy(() -> finish(options, Break.after(batches))).hasMessage("broken on purpose");
  }

  static float[] weights(Network network) {
    Parameter parameter = network.parameters().get(0);
    float[] values = new float[parameter.value().size()];
    network.backend().download(parameter.value(), values, 0);
    return values;
  }

  @Override
  public void close() {
    backend.close();
    assertThat(leaks).as("open scopes").isEmpty();
  }
}
