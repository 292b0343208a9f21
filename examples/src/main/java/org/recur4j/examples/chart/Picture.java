package org.recur4j.examples.chart;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.recur4j.models.file.AtomicFile;
import org.w3c.dom.Document;

/** Charts side by side, as pixels and as a drawing. */
final class Picture {
  /** Pixels for each unit, so that a picture stays sharp on a projector. */
  private static final int SHARPNESS = 2;

  private Picture() {}

  static void write(Path png, Path svg, List<XYChart> charts, int width, int height) {
    write(png, svg, charts, width, height, charts.size());
  }

  /** Row by row, so many side by side. */
  static void write(
      Path png, Path svg, List<? extends Chart<?, ?>> charts, int width, int height, int columns) {
    Sheet sheet = new Sheet(charts, width, height, Math.min(columns, charts.size()));
    byte[] pixels = png(sheet);
    byte[] drawing = svg(sheet);
    AtomicFile.write(png, pixels);
    AtomicFile.write(svg, drawing);
  }

  /** Charts of one size in rows. */
  private record Sheet(List<? extends Chart<?, ?>> charts, int width, int height, int columns) {
    int wholeWidth() {
      return columns * width;
    }

    int wholeHeight() {
      return (charts.size() + columns - 1) / columns * height;
    }

    void paint(Graphics2D graphics) {
      for (int i = 0; i < charts.size(); i++) {
        int x = i % columns * width;
        int y = i / columns * height;
        graphics.translate(x, y);
        charts.get(i).paint(graphics, width, height);
        graphics.translate(-x, -y);
      }
    }
  }

  private static byte[] png(Sheet sheet) {
    BufferedImage image =
        new BufferedImage(
            sheet.wholeWidth() * SHARPNESS,
            sheet.wholeHeight() * SHARPNESS,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(SHARPNESS, SHARPNESS);
    sheet.paint(graphics);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] svg(Sheet sheet) {
    SVGGraphics2D graphics = new SVGGraphics2D(document());
    graphics.setSVGCanvasSize(new Dimension(sheet.wholeWidth(), sheet.wholeHeight()));
    sheet.paint(graphics);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Writer writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      graphics.stream(writer, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVGGraphics2D.SVG_NAMESPACE_URI, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
