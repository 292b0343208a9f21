/**
 * Backends around backends, for development: {@link org.recur4j.api.decorate.CheckedBackend}
 * refuses wrong kernel calls, {@link org.recur4j.api.decorate.TracedBackend} counts and times them.
 */
package org.recur4j.api.decorate;
