/**
 * The CUDA driver, an open device, its memory and its launch queue. Internal; not part of the API.
 */
package org.recur4j.backend.cuda.driver;
