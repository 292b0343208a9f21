/**
 * The backend for NVIDIA devices through the CUDA driver. The subpackages are internal: {@code
 * sequence} uses {@code product} and {@code driver}, {@code kernel} uses {@code product} and {@code
 * driver}, and {@code product} uses {@code driver}.
 */
package org.recur4j.backend.cuda;
