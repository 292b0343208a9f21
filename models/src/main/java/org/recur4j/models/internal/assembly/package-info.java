/** Building the layers of a network from its description. */
package org.recur4j.models.internal.assembly;
