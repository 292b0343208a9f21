/**
 * Recurrent cells: one time step as readable mathematics. Implement {@link
 * org.recur4j.api.cell.Cell} to add one; the three reference cells also name the plan that can run
 * them.
 */
package org.recur4j.api.cell;
