/** The workloads whose speed the library is judged by, and what the hardware allows for them. */
package org.recur4j.examples.bench;
