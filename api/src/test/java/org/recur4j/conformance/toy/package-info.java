/**
 * A whole backend in plain loops: the example to read before writing one, and the double every
 * other module tests with. It never wins the choice of a backend.
 */
package org.recur4j.conformance.toy;
