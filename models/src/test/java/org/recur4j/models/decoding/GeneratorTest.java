package org.recur4j.models.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.recur4j.models.network.Networks.gru;
import static org.recur4j.models.network.Networks.lstm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.Scope;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.data.Example;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.NetworkRun;
import org.recur4j.models.network.Networks;
import org.recur4j.models.training.Trainer;
import org.recur4j.models.training.optimizer.Optimizer;

class GeneratorTest {
  private static final int MARK = 3;
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

  private Network network() {
    return Networks.oneToMany()
        .embedding(4, 3)
        .recurrent(lstm(5))
        .recurrent(gru(4))
        .classes(4)
        .seed(2)
        .build(backend);
  }

  @Test
  void stepByStepIsWhatOnePassOverTheWholeSays() {
    int[] sequence = {0, 2, 1, 1};
    try (Network network = network();
        NetworkRun run = network.open(Mode.INFERENCE, 0);
        Scope scope = backend.scope("whole");
        Continuation steps = new NetworkContinuation(new Generator(network, MARK, MARK), 2)) {
      int[] inputs = {MARK, 0, 2, 1, 1};
      SequenceBatch batch = SequenceBatch.ofIndices(List.of(inputs));
      float[] whole = new float[5 * 4];
      backend.download(run.forward(new EagerOps(backend, scope), batch, 0), whole, 0);
      int token = steps.begin();
      for (int t = 0; t <= sequence.length; t++) {
        float[] logits = steps.step(token, token);
        for (int c = 0; c < 4; c++) {
          assertThat(logits[c]).isCloseTo(whole[t * 4 + c], within(1e-6f));
          assertThat(logits[4 + c]).isEqualTo(logits[c]);
        }
        steps.choose(1, 0);
        token = t < sequence.length ? sequence[t] : MARK;
      }
    }
  }

  @Test
  void aPrefixIsReadBeforeTheFirstStep() {
    try (Network network = network()) {
      Generator generator = new Generator(network, MARK, MARK);
      DecodingStrategy how = DecodingStrategy.beam(3, 4, 0);
      try (Continuation told = new NetworkContinuation(generator, 1, 0, 2);
          Continuation walked = new NetworkContinuation(generator, 1)) {
        walked.step(MARK);
        walked.step(0);
        float[] want = walked.step(2);
        float[] got = told.step(told.begin());
        for (int c = 0; c < 4; c++) {
          assertThat(got[c]).isCloseTo(want[c], within(1e-6f));
        }
      }
      assertThat(generator.generate(1, how, 0, 2).get(0)).isNotEmpty();
    }
  }

  @Test
  void learnsALanguageAndSpeaksIt() {
    // 0 and 1 in turn, or 2 alone
    List<int[]> language =
        List.of(new int[] {0, 1, 0, 1}, new int[] {1, 0, 1}, new int[] {2}, new int[] {});
    try (Network network =
        Networks.oneToMany().embedding(4, 6).recurrent(gru(12)).classes(4).build(backend)) {
      Generator generator = new Generator(network, MARK, MARK);
      List<Example> examples = language.stream().map(generator::lesson).toList();
      Trainer.of(network).optimizer(Optimizer.adam(0.03)).epochs(150).batchSize(4).train(examples);
      Set<List<Integer>> words = new HashSet<>();
      language.forEach(word -> words.add(list(word)));
      Set<List<Integer>> said = new HashSet<>();
      List<List<DecodedSequence>> sampled =
          generator.generate(60, DecodingStrategy.sampled(9, 0.5, 0, 1));
      sampled.forEach(rows -> said.add(list(rows.get(0).tokens())));
      assertThat(said).isEqualTo(words);
      List<DecodedSequence> beam = generator.generate(1, DecodingStrategy.beam(9, 4, 0)).get(0);
      assertThat(beam).hasSize(4);
      beam.forEach(
          each -> assertThat(each.logProbability()).isCloseTo(Math.log(0.25), within(0.2)));
      DecodedSequence rest = generator.generate(1, DecodingStrategy.greedy(9), 1, 0).get(0).get(0);
      assertThat(rest.tokens()).containsExactly(1);
      assertThat(rest.ended()).isTrue();
    }
  }

  private static List<Integer> list(int... tokens) {
    return java.util.Arrays.stream(tokens).boxed().toList();
  }

  @Test
  void whatCannotGoOnWithItsAnswersIsRefused() {
    try (Network aligned =
            Networks.manyToMany().embedding(4, 3).recurrent(gru(2)).classes(4).build(backend);
        Network network = network()) {
      assertThatThrownBy(() -> new Generator(aligned, 0, 1))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("a MANY_TO_MANY network with outputs CLASSES")
          .hasMessageContaining("Networks.oneToMany()");
      assertThatThrownBy(() -> new Generator(network, 4, 1))
          .hasMessageContaining("begin symbol 4")
          .hasMessageContaining("[0, 4)");
      Generator generator = new Generator(network, MARK, MARK);
      assertThatThrownBy(() -> generator.generate(0, DecodingStrategy.greedy(3)))
          .hasMessageContaining("0 sequences");
      assertThatThrownBy(() -> generator.generate(1, DecodingStrategy.greedy(3), 9))
          .hasMessageContaining("a prefix with the symbol 9");
    }
  }
}
