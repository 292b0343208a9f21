/**
 * What can go wrong, in sentences: every error of the library is unchecked and rooted in {@link
 * org.recur4j.api.error.RecurException}.
 */
package org.recur4j.api.error;
