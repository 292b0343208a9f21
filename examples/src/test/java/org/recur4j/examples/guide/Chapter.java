package org.recur4j.examples.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A chapter of the guide, as its Markdown says it: one command, one picture.
 *
 * @param file the Markdown
 * @param text what is in it
 * @param commands each command of a shell block, without {@code ./recur4j}
 * @param shorter options that make the command short, after its own; empty if it is
 * @param picture the committed picture
 * @param made what the command makes it as
 */
record Chapter(
    Path file, String text, List<String> commands, String shorter, Path picture, String made) {
  private static final Path FOLDER = Path.of("..", "docs", "guide");
  private static final Pattern COMMAND = Pattern.compile("```sh\n\\./recur4j ([^\n]+)\n```");
  private static final Pattern SHORTER = Pattern.compile("<!-- short: (.+) -->");
  private static final Pattern PICTURE = Pattern.compile("!\\[[^]]{30,}]\\((pictures/.+\\.svg)\\)");
  private static final Pattern MADE = Pattern.compile("<!-- made: (.+) -->");
  private static final Set<String> PATHS = Set.of("--pictures", "--report", "--png", "--output");

  static List<Chapter> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9].*\\.md"))
          .sorted()
          .map(Chapter::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Chapter of(Path file) {
    try {
      String text = Files.readString(file);
      List<String> commands = new ArrayList<>();
      Matcher command = COMMAND.matcher(text);
      while (command.find()) {
        commands.add(command.group(1));
      }
      return new Chapter(
          file,
          text,
          commands,
          first(SHORTER, text),
          FOLDER.resolve(first(PICTURE, text)),
          first(MADE, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The command with its short settings; what it writes goes below the folder. */
  String[] arguments(Path folder) {
    List<String> words = new ArrayList<>(List.of(commands.get(0).split(" ")));
    for (String word : shorter.isEmpty() ? new String[0] : shorter.split(" ")) {
      // An option that the command has already gets the short value.
      int there = words.indexOf(word);
      if (there >= 0 && word.startsWith("--")) {
        words.remove(there + 1);
        words.remove(there);
      }
      words.add(word);
    }
    for (int i = 1; i < words.size(); i++) {
      if (PATHS.contains(words.get(i - 1))) {
        words.set(i, folder.resolve(words.get(i)).toString());
      }
    }
    return words.toArray(String[]::new);
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
