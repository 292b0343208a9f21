/**
 * The engine on {@code jdk.incubator.vector}, loaded by name if that module is present. Not
 * exported.
 */
package org.recur4j.backend.ejml.vector;
