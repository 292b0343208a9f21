package org.recur4j.api.recurrent;

/**
 * What a plan is and costs.
 *
 * @param verdict which engine ran and why
 * @param packedBytes memory of its packed weights
 * @param callsPerForward native (or device) calls of one forward, as a function of T only where it
 *     says −1; 0 for pure Java
 */
public record PlanReport(Verdict verdict, long packedBytes, int callsPerForward) {}
