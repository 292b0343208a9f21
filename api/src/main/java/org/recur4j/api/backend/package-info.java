/**
 * The service interface that backends implement ({@link org.recur4j.api.backend.BackendProvider},
 * {@link org.recur4j.api.backend.Backend}), and the discovery and choice of a backend ({@link
 * org.recur4j.api.backend.Backends}).
 */
package org.recur4j.api.backend;
