package org.recur4j.api.tensor;

/**
 * A snapshot of the counters of a backend's tensor memory.
 *
 * @param live the bytes of storage behind live tensors
 * @param pooled the bytes held for reuse, behind no tensor
 * @param peak the largest value of {@code live} so far
 * @param allocations the number of storages allocated so far (a repeated step adds none)
 */
public record MemoryUse(long live, long pooled, long peak, long allocations) {}
