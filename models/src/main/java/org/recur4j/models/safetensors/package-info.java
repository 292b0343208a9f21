/** Reading and writing named tensors in the safetensors format. */
package org.recur4j.models.safetensors;
