package org.recur4j.examples.names;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.task.TestPart;
import org.recur4j.models.data.LabelledText;
import org.recur4j.models.network.ManyToOneBuilder;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.text.Vocabulary;
import org.recur4j.models.training.BatchReport;
import org.recur4j.models.training.EpochReport;
import org.recur4j.models.training.Example;
import org.recur4j.models.training.LearningRateSchedule;
import org.recur4j.models.training.Optimiser;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.TrainingListener;
import org.recur4j.models.training.TrainingResult;

/**
 * Learns whose a first name is: characters → embedding → bidirectional LSTM layers → the last
 * states of both directions → one logit for each label.
 */
public final class NamesTask implements AutoCloseable {
  private static final double MAXIMUM_NORM = 5;

  private final NamesSettings settings;
  private final NameData data;
  private final Vocabulary vocabulary;
  private final Network network;

  private NamesTask(NamesSettings settings, NameData data, Vocabulary vocabulary, Network network) {
    this.settings = settings;
    this.data = data;
    this.vocabulary = vocabulary;
    this.network = network;
  }

  /** Told after every batch. */
  @FunctionalInterface
  public interface BatchListener {
    /**
     * A batch was learned from.
     *
     * @param epoch from 1
     * @param done batches of this epoch, from 1
     * @param total batches of an epoch
     */
    void batchDone(int epoch, int done, int total);
  }

  /**
   * A network with fresh weights.
   *
   * @param backend where it runs; outlives the task
   * @param data names and labels
   * @param settings sizes, rates, seed
   * @return the task; close it
   */
  public static NamesTask create(Backend backend, NameData data, NamesSettings settings) {
    Vocabulary vocabulary =
        Vocabulary.collect(data.training().stream().map(LabelledText::text).toList());
    ManyToOneBuilder builder =
        Networks.manyToOne()
            .seed(settings.seed())
            .embedding(vocabulary.size(), settings.embedding())
            .dropout(settings.dropout());
    for (int layer = 0; layer < settings.layers(); layer++) {
      builder.bidirectional(Networks.lstm(settings.hidden())).dropout(settings.dropout());
    }
    Network network = builder.classes(data.labels().size()).build(backend);
    return new NamesTask(settings, data, vocabulary, network);
  }

  /**
   * What is trained.
   *
   * @return a table for a person
   */
  public String summary() {
    return network.summary();
  }

  /**
   * Trains, keeps the epoch with the lowest validation loss, and looks at the test names once, at
   * the end, unless it was stopped.
   *
   * @param onEpoch told after every epoch
   * @param onBatch told after every batch
   * @param stop asked before every batch
   * @return what it came to
   */
  public NamesResult train(
      Consumer<NamesEpoch> onEpoch, BatchListener onBatch, BooleanSupplier stop) {
    long start = System.nanoTime();
    Protocol record = new Protocol(start, onEpoch, onBatch, stop);
    TrainingResult result = train(record);
    boolean interrupted = result.end() == TrainingResult.End.INTERRUPTED;
    double accuracy =
        interrupted ? Double.NaN : Trainer.evaluate(network, examples(data.test())).accuracy();
    return new NamesResult(record.epochs, accuracy, interrupted, seconds(start));
  }

  /**
   * Trains, without a look at the test names.
   *
   * @param listener told how it goes, asked whether to stop
   * @return what it came to
   */
  public TrainingResult train(TrainingListener listener) {
    return Trainer.of(network)
        .optimiser(Optimiser.adam(settings.learningRate()))
        .schedule(LearningRateSchedule.cosine())
        .epochs(settings.epochs())
        .batchSize(settings.batch())
        .maximumNorm(MAXIMUM_NORM)
        .validation(examples(data.validation()))
        .seed(settings.seed())
        .listener(listener)
        .train(examples(data.training()));
  }

  /**
   * The test names.
   *
   * @return no name that is trained on
   */
  public TestPart test() {
    return model().test(data);
  }

  /**
   * Writes the model atomically.
   *
   * @param file a safetensors file; replaced if it exists
   */
  public void save(Path file) {
    // The model is a view of the network, which this task owns and closes.
    model().save(file);
  }

  @Override
  public void close() {
    network.close();
  }

  private NamesModel model() {
    return new NamesModel(network, vocabulary, data.labels());
  }

  private List<Example> examples(List<LabelledText> names) {
    return names.stream()
        .map(name -> Example.classified(vocabulary.encode(name.text()), name.label()))
        .toList();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }

  /** What the trainer says, in this task's words. */
  private static final class Protocol implements TrainingListener {
    private final long start;
    private final Consumer<NamesEpoch> onEpoch;
    private final BatchListener onBatch;
    private final BooleanSupplier stop;
    private final List<NamesEpoch> epochs = new ArrayList<>();

    Protocol(
        long start, Consumer<NamesEpoch> onEpoch, BatchListener onBatch, BooleanSupplier stop) {
      this.start = start;
      this.onEpoch = onEpoch;
      this.onBatch = onBatch;
      this.stop = stop;
    }

    @Override
    public void onBatch(BatchReport report) {
      onBatch.batchDone(report.epoch(), report.batch(), report.batches());
    }

    @Override
    public void onEpoch(EpochReport report) {
      NamesEpoch epoch =
          new NamesEpoch(
              report.epoch(),
              report.loss(),
              report.validation().loss(),
              report.validation().accuracy(),
              seconds(start));
      epochs.add(epoch);
      onEpoch.accept(epoch);
    }

    @Override
    public boolean stopRequested() {
      return stop.getAsBoolean();
    }
  }
}
