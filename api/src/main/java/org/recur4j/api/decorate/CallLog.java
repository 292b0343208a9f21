package org.recur4j.api.decorate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Thread-safe counters by name. */
final class CallLog {
  private record Counter(LongAdder count, LongAdder nanoseconds) {}

  private final Map<String, Counter> counters = new ConcurrentHashMap<>();

  void add(String name, long start) {
    long elapsed = System.nanoTime() - start;
    Counter counter =
        counters.computeIfAbsent(name, key -> new Counter(new LongAdder(), new LongAdder()));
    counter.count().increment();
    counter.nanoseconds().add(elapsed);
  }

  void clear() {
    counters.clear();
  }

  CallTally tally() {
    List<CallTally.Entry> entries = new ArrayList<>();
    counters.forEach(
        (name, counter) ->
            entries.add(
                new CallTally.Entry(name, counter.count().sum(), counter.nanoseconds().sum())));
    entries.sort(
        Comparator.comparingLong(CallTally.Entry::nanoseconds)
            .reversed()
            .thenComparing(CallTally.Entry::name));
    return new CallTally(entries);
  }
}
