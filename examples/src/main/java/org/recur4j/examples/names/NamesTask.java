package org.recur4j.examples.names;

import java.nio.file.Path;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.examples.task.TaskProgress;
import org.recur4j.examples.task.TestPart;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.LabeledText;
import org.recur4j.models.data.Vocabulary;
import org.recur4j.models.network.ManyToOneBuilder;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.network.UnseenIndex;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.report.TrainingListener;
import org.recur4j.models.training.report.TrainingResult;
import org.recur4j.models.training.schedule.LearningRateSchedule;

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
        Vocabulary.collect(data.training().stream().map(LabeledText::text).toList());
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
   * Trains, without a look at the test names, so that the caller can save the model before.
   *
   * @param progress told how it goes, asked whether to stop, keeps checkpoints where it is asked to
   * @return what it came to
   */
  public TrainingResult train(TaskProgress progress) {
    return learn(progress.follow(trainer()));
  }

  /**
   * Measures the network on the test names, unless its training was interrupted.
   *
   * @param trained what training came to
   * @return the figures
   */
  public NamesResult measure(TrainingResult trained) {
    long begin = System.nanoTime();
    boolean interrupted = trained.end() == TrainingResult.End.INTERRUPTED;
    double accuracy =
        interrupted ? Double.NaN : Trainer.evaluate(network, examples(data.test())).accuracy();
    double seconds = trained.seconds() + (System.nanoTime() - begin) * 1e-9;
    return new NamesResult(trained.epochs(), accuracy, interrupted, seconds);
  }

  /**
   * Trains, without a look at the test names.
   *
   * @param listener told how it goes, asked whether to stop
   * @return what it came to
   */
  public TrainingResult train(TrainingListener listener) {
    return learn(trainer().listener(listener));
  }

  private Trainer<Example> trainer() {
    return Trainer.of(network)
        .optimizer(Optimizer.adam(settings.learningRate()))
        .schedule(LearningRateSchedule.cosine())
        .epochs(settings.epochs())
        .batchSize(settings.batch())
        .maximumNorm(MAXIMUM_NORM)
        .validation(examples(data.validation()))
        .seed(settings.seed());
  }

  private TrainingResult learn(Trainer<Example> trainer) {
    List<Example> training = examples(data.training());
    TrainingResult result = trainer.train(training);
    UnseenIndex.average(network, Vocabulary.UNKNOWN, training);
    return result;
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

  private List<Example> examples(List<LabeledText> names) {
    return names.stream()
        .map(name -> Example.classified(vocabulary.encode(name.text()), name.label()))
        .toList();
  }
}
