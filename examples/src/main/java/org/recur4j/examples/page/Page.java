package org.recur4j.examples.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.recur4j.models.file.AtomicFile;

/**
 * A page of figures in one file: no network, no script; light or dark as the reader's system is,
 * and made for a phone as well as for a projector.
 *
 * <p>Charts are drawn here as SVG instead of by a library in the page: what is drawn once can be
 * printed, mailed and read aloud, needs no 50 KB to 1 MB of script, and takes its colors from the
 * page's style sheet. Each chart is drawn twice, for wide and for narrow screens, because one that
 * is scaled down to a phone cannot be read. The figures are in the page a second time, as JSON in
 * the element {@code recur4j-figures}, for programs.
 */
public final class Page {
  private final String title;
  private final String lead;
  private final List<Section> sections = new ArrayList<>();

  /**
   * A page without sections yet.
   *
   * @param title plain text
   * @param lead what there is to see, in a sentence or two of plain text
   */
  public Page(String title, String lead) {
    this.title = Objects.requireNonNull(title);
    this.lead = Objects.requireNonNull(lead);
  }

  /**
   * Adds a section at the end.
   *
   * @param heading plain text
   * @param blocks what is in it, in order
   * @return this page
   */
  public Page section(String heading, Block... blocks) {
    sections.add(new Section(Objects.requireNonNull(heading), List.of(blocks)));
    return this;
  }

  /**
   * Writes the page as a whole or not at all.
   *
   * @param file replaced if it exists; its folder must exist
   * @throws org.recur4j.models.file.ModelFileException if it cannot be written
   */
  public void write(Path file) {
    AtomicFile.write(file, html());
  }

  /**
   * Writes each chart of this page as a picture of its own: {@code figure-1.svg} is the first.
   *
   * @param folder made if it does not exist; what has these names is replaced
   * @throws org.recur4j.models.file.ModelFileException if the folder cannot be made or a picture
   *     cannot be written
   */
  public void writePictures(Path folder) {
    AtomicFile.createFolder(folder);
    BlockWriter writer = new BlockWriter(new Markup());
    sections.forEach(section -> section.blocks().forEach(writer::write));
    String style = style();
    int number = 0;
    for (ChartPicture picture : writer.pictures()) {
      number++;
      AtomicFile.write(folder.resolve("figure-" + number + ".svg"), picture.svg(style));
    }
  }

  String html() {
    Markup page = new Markup();
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    page.text(title).raw("</title>\n<style>\n").raw(style()).raw("</style>\n</head>\n<body>\n");
    page.raw("<main>\n<h1>").text(title).raw("</h1>\n<p class=\"lead\">").text(lead);
    page.raw("</p>\n");
    BlockWriter writer = new BlockWriter(page);
    for (Section section : sections) {
      page.raw("<section>\n<h2>").text(section.heading()).raw("</h2>\n");
      section.blocks().forEach(writer::write);
      page.raw("</section>\n");
    }
    page.raw("</main>\n<script type=\"application/json\" id=\"recur4j-figures\">");
    page.raw(Figures.json(title, sections)).raw("</script>\n</body>\n</html>\n");
    return page.toString();
  }

  private static String style() {
    try (InputStream stream = Page.class.getResourceAsStream("page.css")) {
      return new String(
          Objects.requireNonNull(stream, "page.css is not on the class path").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A heading and what is below it. */
  record Section(String heading, List<Block> blocks) {}
}
