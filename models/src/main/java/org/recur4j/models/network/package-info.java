/** Networks, their builders for every topology, predictions, and runs of batches. */
package org.recur4j.models.network;
