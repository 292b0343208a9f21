package org.recur4j.api.tensor;

/**
 * A backend's tensor memory at one moment.
 *
 * @param live bytes of storage behind live tensors
 * @param pooled bytes held for reuse, not behind any tensor
 * @param peak the largest {@code live} so far
 * @param allocations how many storages were ever allocated (a repeated step adds none)
 */
public record MemoryUse(long live, long pooled, long peak, long allocations) {}
