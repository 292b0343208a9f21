/** Recurrent layers and the runs of their cells and plans. */
package org.recur4j.models.internal.recurrent;
