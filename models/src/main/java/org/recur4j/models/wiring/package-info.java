/**
 * Backends and networks for applications wired by Guice. The only package that knows Guice, which
 * is an optional dependency.
 */
package org.recur4j.models.wiring;
