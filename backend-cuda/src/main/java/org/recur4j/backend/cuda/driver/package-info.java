/** The CUDA driver, an open device, its memory and its launch queue; internal, no API. */
package org.recur4j.backend.cuda.driver;
