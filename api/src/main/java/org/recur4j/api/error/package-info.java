/**
 * The exceptions of the library. All are unchecked and extend {@link
 * org.recur4j.api.error.RecurException}.
 */
package org.recur4j.api.error;
