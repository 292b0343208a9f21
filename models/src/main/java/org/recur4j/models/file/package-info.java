/** Model files: safetensors, read with suspicion and written atomically. */
package org.recur4j.models.file;
