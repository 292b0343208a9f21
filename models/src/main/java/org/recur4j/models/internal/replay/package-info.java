/** Recording the kernel calls of a calculation and running them again without allocation. */
package org.recur4j.models.internal.replay;
