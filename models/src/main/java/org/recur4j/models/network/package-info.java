/** Networks: topologies over layers, batches of sequences, model files. */
package org.recur4j.models.network;
