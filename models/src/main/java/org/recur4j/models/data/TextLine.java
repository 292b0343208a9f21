package org.recur4j.models.data;

/**
 * A line of a text.
 *
 * @param number the line number, from 1, for messages
 * @param text its content without surrounding white space, never empty
 */
public record TextLine(int number, String text) {}
