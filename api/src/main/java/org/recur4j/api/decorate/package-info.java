/**
 * Decorators of backends, for development: {@link org.recur4j.api.decorate.CheckedBackend} rejects
 * wrong kernel calls, {@link org.recur4j.api.decorate.TracedBackend} counts and times them.
 */
package org.recur4j.api.decorate;
