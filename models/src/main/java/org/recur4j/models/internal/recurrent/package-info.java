/** Recurrent layers. */
package org.recur4j.models.internal.recurrent;
