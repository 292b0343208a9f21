/**
 * Tensors and the scopes that own their memory. A {@link org.recur4j.api.tensor.Tensor} is a typed,
 * row-major window on a {@link org.recur4j.api.tensor.Storage}; it is created in a {@link
 * org.recur4j.api.tensor.Scope} and freed with it. A backend supplies storages by extending {@link
 * org.recur4j.api.tensor.Memory}, which implements pooling, ownership and leak reports.
 */
package org.recur4j.api.tensor;
