package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/** Counts what ran, so that nothing is skipped without a word. */
final class Tally {
  private final List<String> notCovered = new ArrayList<>();
  private int passed;
  private int failed;

  Stream<DynamicTest> tests(Stream<Check> checks) {
    return checks.map(check -> DynamicTest.dynamicTest(check.name(), () -> run(check)));
  }

  private void run(Check check) {
    try {
      check.run();
      passed++;
    } catch (TestAbortedException reason) {
      notCovered.add(check.name() + ": " + reason.getMessage());
      throw reason;
    } catch (AssertionError problem) {
      failed++;
      throw problem;
    }
  }

  /** The end line, and one line for each thing that was not covered. */
  String summary(String backend) {
    StringBuilder text = new StringBuilder("conformance " + backend + ": ");
    text.append(passed + failed).append(" cases, ").append(passed).append(" passed, ");
    text.append(failed).append(" failed, ").append(notCovered.size()).append(" not covered");
    notCovered.forEach(line -> text.append("\n  not covered: ").append(line));
    return text.toString();
  }
}
