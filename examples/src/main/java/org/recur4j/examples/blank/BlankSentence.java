package org.recur4j.examples.blank;

/**
 * A sentence with a blank.
 *
 * @param text Korean, with one underline for the blank
 * @param mood index in {@link Mood#ALL} of the word that fills it
 */
record BlankSentence(String text, int mood) {}
