package org.recur4j.backend.cuda;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.recur4j.api.backend.Availability.Unavailable;
import org.recur4j.backend.cuda.product.CublasLibrary;

/** Counts the tests of a class as skipped, and says why, where cuBLAS does not load. */
final class WithCublas implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Unavailable missing = CublasLibrary.load();
    if (missing == null) {
      return ConditionEvaluationResult.enabled("there is a cuBLAS");
    }
    String reason = missing.reason() + "; " + missing.remedy();
    if (context.getTestMethod().isEmpty()) {
      System.out.println(context.getDisplayName() + ": not run, " + reason);
    }
    return ConditionEvaluationResult.disabled(reason);
  }
}
