package org.recur4j.examples.task;

/** A model that can draw how it comes to an answer. */
public interface DrawingModel extends TaskModel {
  /**
   * Draws one answer.
   *
   * @param input as a person writes it
   * @return an SVG document
   * @throws org.recur4j.models.data.DataException if the input cannot be read
   */
  String draw(String input);
}
