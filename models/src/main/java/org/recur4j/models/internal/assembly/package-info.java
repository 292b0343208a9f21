/** The construction of a network's layers from its description. */
package org.recur4j.models.internal.assembly;
