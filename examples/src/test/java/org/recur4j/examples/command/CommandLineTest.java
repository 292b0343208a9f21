package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @Test
  void showsWhatThereIsWithoutACommand() {
    assertThat(Run.of().succeeds().out())
        .contains("backends", "train", "predict", "inspect", "Exit codes:");
  }

  @Test
  void refusesAnUnknownCommand() {
    Run.of("trian").refuses(ExitCode.BAD_INPUT, "trian", "Did you mean", "train");
  }

  @Test
  void refusesAnUnknownOption() {
    Run.of("train", "names", "--epoch", "3")
        .refuses(ExitCode.BAD_INPUT, "--epoch", "Try 'recur4j train names --help'");
  }

  @Test
  void refusesANumberThatIsNone() {
    Run.of("train", "names", "--seed", "abc").refuses(ExitCode.BAD_INPUT, "--seed", "abc");
  }

  @Test
  void handsSettingsToTheBackendWhichRefusesUnknownOnes() {
    Run.of("train", "names", "--backend", "ejml", "--backend-setting", "speed=high")
        .refuses(
            ExitCode.BAD_INPUT,
            "open backend 'ejml': got setting speed=high",
            "no settings, because this backend has none");
  }

  @Test
  void refusesASettingWithoutAValue() {
    Run.of("train", "names", "--backend-setting", "speed")
        .refuses(ExitCode.BAD_INPUT, "--backend-setting", "speed");
  }

  @Test
  void asksForTheNextWord() {
    Run.of("train").refuses(ExitCode.BAD_INPUT, "'train' needs one of [names");
  }

  @Test
  void showsTheStackTraceOnlyWhenAsked() {
    Run run = Run.of("inspect", "--debug", "no-such-file");
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains("Cannot read model file no-such-file", "\tat org.recur4j");
  }

  @Test
  void holdsTheMachineWhileSomethingWouldBeLost() throws InterruptedException {
    Interruption interruption = new Interruption();
    Interruption.Hold hold = interruption.hold();
    Thread hook = new Thread(interruption::requestAndWait);
    hook.start();
    hook.join(1_500);
    assertThat(interruption.requested()).isTrue();
    assertThat(hook.isAlive()).as("waits longer than for a command that loses nothing").isTrue();
    hold.close();
    interruption.finished();
    hook.join(5_000);
    assertThat(hook.isAlive()).as("lets go when the command has returned").isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void letsGoOfACommandThatLosesNothing(boolean looksOut) throws InterruptedException {
    Interruption interruption = new Interruption();
    interruption.hold(() -> {});
    if (looksOut) {
      assertThat(interruption.requested()).isFalse();
    }
    Thread hook = new Thread(interruption::requestAndWait);
    long begin = System.nanoTime();
    hook.start();
    hook.join(10_000);
    assertThat(hook.isAlive()).isFalse();
    long waited = System.nanoTime() - begin;
    // One that looks out has a second to tell what it has.
    assertThat(waited >= 500_000_000).isEqualTo(looksOut);
  }

  @Test
  void requestsNothingAfterTheEnd() {
    Interruption interruption = new Interruption();
    interruption.finished();
    interruption.requestAndWait();
    assertThat(interruption.requested()).isFalse();
  }
}
