package org.recur4j.api.recurrent;

/**
 * What a plan is and costs.
 *
 * @param verdict which engine ran and why
 * @param packedBytes memory of its packed weights; 0 if it reads the weights where they are
 * @param callsPerForward how often one forward calls native code or the device, however many steps
 *     the sequence has; −1 if that number grows with the steps; 0 for a plan in pure Java
 */
public record PlanReport(Verdict verdict, long packedBytes, int callsPerForward) {}
