package org.recur4j.conformance;

import org.opentest4j.TestAbortedException;

/** One named test on a backend. */
record Check(String name, Body body) {
  /** What it does; a failure is an {@link AssertionError} whose message teaches. */
  interface Body {
    void run() throws Exception;
  }

  /**
   * Runs it. Every failure begins with the check's name, because build tools print the message of a
   * dynamic test but not its name.
   *
   * @throws TestAbortedException if the backend does not offer what is checked
   */
  void run() {
    try {
      body.run();
    } catch (TestAbortedException reason) {
      throw reason;
    } catch (AssertionError wrong) {
      throw new AssertionError(name + ": " + wrong.getMessage(), wrong);
    } catch (Exception | LinkageError | StackOverflowError thrown) {
      throw new AssertionError(name + ": the backend threw " + thrown, thrown);
    }
  }
}
