package org.recur4j.conformance;

/** One named test on a backend. */
record Check(String name, Body body) {
  /** What it does; a failure is an {@link AssertionError} whose message teaches. */
  interface Body {
    void run() throws Exception;
  }
}
