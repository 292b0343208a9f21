/** Recording of the kernel calls of a computation for repetition without allocation. */
package org.recur4j.models.internal.replay;
