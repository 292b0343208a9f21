package org.recur4j.backend.cuda;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.recur4j.api.backend.Availability.Unavailable;

/** Counts the tests of a class as skipped, and says why, where there is no device. */
final class OnDevice implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (new CudaProvider().probe() instanceof Unavailable missing) {
      String reason = missing.reason() + "; " + missing.remedy();
      if (context.getTestMethod().isEmpty()) {
        System.out.println(context.getDisplayName() + ": not run, " + reason);
      }
      return ConditionEvaluationResult.disabled(reason);
    }
    return ConditionEvaluationResult.enabled("there is a device");
  }
}
