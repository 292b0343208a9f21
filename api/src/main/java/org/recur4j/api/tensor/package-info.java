/**
 * Tensors and who owns their memory. A {@link org.recur4j.api.tensor.Tensor} is a typed, row-major
 * window on a {@link org.recur4j.api.tensor.Storage}; it comes from a {@link
 * org.recur4j.api.tensor.Scope} and dies with it. A backend supplies storages by extending {@link
 * org.recur4j.api.tensor.Memory}; pooling, ownership and leak reports are the same for everyone.
 */
package org.recur4j.api.tensor;
