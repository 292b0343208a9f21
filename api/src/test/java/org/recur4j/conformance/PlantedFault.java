package org.recur4j.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mistake that somebody could make in a backend, as edits of the toy backend's source.
 *
 * @param name what is wrong
 * @param edits what is changed
 * @param part the part of the kit that must see it
 * @param cases which checks of that part, as a regular expression found in their names
 * @param sees what the message must say, as a regular expression found in it
 */
record PlantedFault(String name, List<Edit> edits, String part, Pattern cases, Pattern sees) {
  private static final String RESOURCE = "planted-faults.txt";

  /**
   * One replacement.
   *
   * @param file a class of the toy, or with its package one that backends share
   * @param before words that stand there once, with any white space between them
   * @param after what stands there instead
   */
  record Edit(String file, String before, String after) {
    String apply(String source) {
      String words =
          Pattern.compile("\\s+")
              .splitAsStream(before.strip())
              .map(Pattern::quote)
              .collect(Collectors.joining("\\s+"));
      List<int[]> places = new ArrayList<>();
      Matcher matcher = Pattern.compile(words).matcher(source);
      while (matcher.find()) {
        places.add(new int[] {matcher.start(), matcher.end()});
      }
      if (places.size() != 1) {
        throw new AssertionError(
            file + " holds " + places.size() + " times, want once: " + before.strip());
      }
      int[] place = places.get(0);
      return source.substring(0, place[0]) + after.strip() + source.substring(place[1]);
    }
  }

  /** Every fault of the list, which says how to read it. */
  static List<PlantedFault> all() {
    List<PlantedFault> all = new ArrayList<>();
    try (InputStream stream = PlantedFault.class.getResourceAsStream(RESOURCE)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      for (String block : text.split("\n\n+")) {
        List<String> lines = block.lines().filter(line -> !line.startsWith("#")).toList();
        if (!lines.isEmpty()) {
          all.add(parse(lines));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static PlantedFault parse(List<String> lines) {
    List<Edit> edits = new ArrayList<>();
    String file = null;
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    String[] fields = new String[4];
    List<String> names = List.of("fault", "part", "cases", "sees");
    for (String line : lines) {
      String content = line.substring(line.indexOf(' ') + 1);
      String mark = line.substring(0, line.length() - content.length()).strip();
      if (mark.equals("-")) {
        if (after.length() > 0) {
          edits.add(new Edit(file, before.toString(), after.toString()));
          before.setLength(0);
          after.setLength(0);
        }
        before.append(content).append('\n');
      } else if (mark.equals("+")) {
        after.append(content).append('\n');
      } else if (mark.equals("in")) {
        if (before.length() > 0) {
          edits.add(new Edit(file, before.toString(), after.toString()));
          before.setLength(0);
          after.setLength(0);
        }
        file = content;
      } else {
        fields[names.indexOf(mark)] = content;
      }
    }
    edits.add(new Edit(file, before.toString(), after.toString()));
    return new PlantedFault(
        fields[0], edits, fields[1], Pattern.compile(fields[2]), Pattern.compile(fields[3]));
  }
}
