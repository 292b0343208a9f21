/**
 * Backends: the service interface ({@link org.recur4j.api.backend.BackendProvider}, {@link
 * org.recur4j.api.backend.Backend}) and how one is found and chosen ({@link
 * org.recur4j.api.backend.Backends}).
 */
package org.recur4j.api.backend;
