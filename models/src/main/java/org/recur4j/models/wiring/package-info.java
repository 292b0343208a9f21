/**
 * Guice modules that provide backends and networks. This is the only package that depends on Guice,
 * which is optional.
 */
package org.recur4j.models.wiring;
