package org.recur4j.examples.task;

/**
 * What a person types after {@code recur4j predict NAME}.
 *
 * @param label e.g. WORD
 * @param description one sentence, with an example
 */
public record InputForm(String label, String description) {}
