package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.examples.Main;

/** Java started without the launcher in the C locale, as in most containers. */
@DisabledOnOs({OS.WINDOWS, OS.MAC}) // neither decodes arguments by the locale of the environment
class DirectJavaTest {
  /** Arguments come through the shell's printf: this process may not be able to write them. */
  private static final String ZOE = "\"$(printf 'Zo\\303\\253')\"";

  @TempDir private Path folder;

  @Test
  void refusesWhatItCannotReadInUtf8() throws Exception {
    Path err = folder.resolve("err");
    assertThat(run(err, "predict names " + ZOE)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(text(folder.resolve("out"))).isEmpty();
    assertThat(text(err))
        .contains("recur4j: read the arguments: got 'Zo\uFFFD\uFFFD'", "Set LC_ALL=C.UTF-8");
    assertThat(run(err, "train names --output " + ZOE + ".safetensors"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(text(err)).contains("Zo\uFFFD\uFFFD.safetensors");
  }

  @Test
  void writesUtf8AndWesternDigits() throws Exception {
    Path err = folder.resolve("err");
    assertThat(run(err, "explain word --backend ejml abc")).as(text(err)).isZero();
    assertThat(text(folder.resolve("out")))
        .contains("───", "3→4", "0.226", "−")
        .doesNotContain("?");
  }

  @Test
  void keepsTheLogLineOfABackendOffStandardError() throws Exception {
    Path err = folder.resolve("err");
    assertThat(run(err, "explain word --backend ejml abc")).isZero();
    assertThat(text(err)).doesNotContain("backend ejml computes with");
  }

  private int run(Path err, String arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$0\" \"$@\" " + arguments));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        Arrays.asList(
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("PATH", "/usr/bin:/bin");
    return builder
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(err.toFile())
        .start()
        .waitFor();
  }

  private static String text(Path file) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError(file + " is not UTF-8", e);
    }
  }
}
