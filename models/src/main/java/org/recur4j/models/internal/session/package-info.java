/** Implementations of sessions over the layers of a network. */
package org.recur4j.models.internal.session;
