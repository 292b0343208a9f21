/**
 * The engines that compute with floats: their interface, the engine in plain Java, and the choice
 * between it and the vector engine. Not exported.
 */
package org.recur4j.backend.ejml.engine;
