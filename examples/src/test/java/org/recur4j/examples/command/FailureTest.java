package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a person is told when the Java machine itself gives up. */
class FailureTest {
  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void aTrainingThatNeedsTooMuchMemorySaysWhatToLower() throws Exception {
    String model = folder.resolve("m.safetensors").toString();
    try (Child child =
        Child.start(
            folder,
            List.of("-Xmx48m"),
            "train",
            "names",
            "--epochs",
            "1",
            "--hidden",
            "1500",
            "--output",
            model)) {
      assertThat(child.await()).isEqualTo(ExitCode.FAILURE);
      assertThat(child.err())
          .contains("recur4j: out of memory: Java heap space; this Java machine takes at most")
          .contains("Lower --batch, --hidden, --layers, or allow more memory:")
          .contains("RECUR4J_JAVA_OPTS=-Xmx")
          .doesNotContain("\tat ");
      assertThat(child.err().lines().filter(line -> line.startsWith("recur4j"))).hasSize(1);
    }
    assertThat(Path.of(model)).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Java heap space | Lower --batch, --hidden, --layers, or allow more memory: | -Xmx",
        "GC overhead limit exceeded | this Java machine takes at most | -Xmx",
        "unable to create native thread: possibly out of memory | Lower --threads | limit",
        "Cannot reserve 9 bytes of direct buffer memory | direct | -XX:MaxDirectMemorySize",
        "Metaspace | out of memory: Metaspace | -XX:MaxMetaspaceSize"
      })
  void eachKindOfMemoryHasItsRemedy(String message, String part, String remedy) {
    CommandLine train =
        RootCommand.commandLine(new Interruption())
            .getSubcommands()
            .get("train")
            .getSubcommands()
            .get("names");
    Throwable wrapped = new IllegalStateException(new OutOfMemoryError(message));
    for (Throwable thrown : List.of(wrapped, wrapped.getCause())) {
      Failure failure = Failure.of(thrown, train.getCommandSpec());
      assertThat(failure.reason()).startsWith("out of memory: " + message).contains(part, remedy);
      assertThat(failure.code()).isEqualTo(ExitCode.FAILURE);
    }
  }

  @Test
  void otherErrorsAreToldInALine() {
    assertThat(Failure.of(new StackOverflowError(), null).reason())
        .contains("stack is used up", "RECUR4J_JAVA_OPTS=-Xss");
    Failure link = Failure.of(new NoSuchMethodError("x"), null);
    assertThat(link.reason()).startsWith("internal error: java.lang.NoSuchMethodError: x");
    assertThat(link.code()).isEqualTo(ExitCode.FAILURE);
    Failure file = Failure.of(new UncheckedIOException(new IOException("disk full")), null);
    assertThat(file.reason())
        .isEqualTo("a file cannot be read or written: java.io.IOException: disk full");
    assertThat(file.code()).isEqualTo(ExitCode.BAD_INPUT);
  }
}
