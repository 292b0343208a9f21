/** The backend on NVIDIA devices through the CUDA driver. */
package org.recur4j.backend.cuda;
