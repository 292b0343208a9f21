/**
 * Cells: one time step as readable mathematics. {@link org.recur4j.api.cell.Cell} is the extension
 * point; the three reference cells also say which plan may run them.
 */
package org.recur4j.api.cell;
