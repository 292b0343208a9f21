/** What gpu-check.sh runs on a machine with a device; the same programs run on any backend. */
package org.recur4j.backend.cuda.gpucheck;
