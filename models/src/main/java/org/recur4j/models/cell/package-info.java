/**
 * Further cells, written as mathematics and run step by step: examples of {@link
 * org.recur4j.api.cell.Cell}, and useful.
 */
package org.recur4j.models.cell;
