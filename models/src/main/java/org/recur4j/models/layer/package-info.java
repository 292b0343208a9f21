/** Cells beyond the reference cells, and traces of recurrent layers. */
package org.recur4j.models.layer;
