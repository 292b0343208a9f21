package org.recur4j.examples.korean;

/**
 * A word as it is written and as it is spoken.
 *
 * @param written Hangul and blanks
 * @param spoken the same number of characters
 */
public record SpokenWord(String written, String spoken) {}
