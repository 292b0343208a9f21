/** Descriptions of networks: topology, layers and outputs, as data without weights. */
package org.recur4j.models.architecture;
