package org.recur4j.examples.task;

/**
 * A setting that one task alone has; {@code --name VALUE} on the command line.
 *
 * @param name lower case, words joined by hyphens, without the leading hyphens
 * @param label what stands for the value in help, e.g. FILE
 * @param defaultValue its text unless told otherwise; empty for none
 * @param description one sentence
 */
public record TaskOption(String name, String label, String defaultValue, String description) {}
