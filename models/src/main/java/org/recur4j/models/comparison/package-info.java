/** Backends beside each other: whether they compute the same, and where they first do not. */
package org.recur4j.models.comparison;
