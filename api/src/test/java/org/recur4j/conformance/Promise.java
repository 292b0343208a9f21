package org.recur4j.conformance;

import java.util.function.Predicate;
import org.recur4j.api.recurrent.RecurrentSpec;

/**
 * Specifications a backend says it runs fused. Where a promise covers a case and the plan is not
 * fused, the case fails.
 *
 * @param description for the failure message, e.g. {@code "LSTM in FLOAT32"}
 * @param covers which specifications
 */
public record Promise(String description, Predicate<RecurrentSpec> covers) {}
