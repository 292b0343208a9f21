/** Networks: builders for every topology, prediction, and runs of batches. */
package org.recur4j.models.network;
