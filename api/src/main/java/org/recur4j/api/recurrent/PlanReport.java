package org.recur4j.api.recurrent;

/**
 * A description of a plan and its cost.
 *
 * @param verdict the engine that runs, and the reason
 * @param packedBytes the memory of the packed weights, in bytes; 0 if the plan reads the weights in
 *     place
 * @param callsPerForward the number of calls of native code or the device in one forward, for any
 *     number of steps; −1 if it grows with the steps; 0 for a plan in pure Java
 */
public record PlanReport(Verdict verdict, long packedBytes, int callsPerForward) {}
