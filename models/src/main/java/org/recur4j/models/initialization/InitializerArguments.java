package org.recur4j.models.initialization;

import org.recur4j.api.error.RecurException;

/** Argument checks shared by the initializers. */
final class InitializerArguments {
  private InitializerArguments() {}

  static void finite(String operation, String name, double value) {
    if (!Double.isFinite(value)) {
      throw refuse(operation, name, value, "a finite number");
    }
  }

  static void positive(String operation, String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw refuse(operation, name, value, "a finite number above 0");
    }
  }

  static void atLeastZero(String operation, String name, int value) {
    if (value < 0) {
      throw refuse(operation, name, value, "at least 0");
    }
  }

  static void below(String operation, String name, int value, int bound) {
    if (value >= bound) {
      throw refuse(
          operation, name, value, "below " + bound + ", the number of blocks of the parameter");
    }
  }

  static void ordered(String operation, double low, double high) {
    if (!(low < high)) {
      throw refuse(operation, "low", low, "below high, which is " + high);
    }
  }

  private static RecurException refuse(String operation, String name, Object got, String expected) {
    return new RecurException(
        operation
            + ": got "
            + name
            + " "
            + got
            + ", expected "
            + expected
            + ". Correct the "
            + name
            + ".");
  }
}
