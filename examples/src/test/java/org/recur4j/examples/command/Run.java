package org.recur4j.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.recur4j.examples.Main;

/** A command as a shell sees it: exit code, standard output, standard error. */
record Run(int code, String out, String err) {
  static Run of(String... arguments) {
    return of(new Interruption(), arguments);
  }

  static Run of(Interruption interruption, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(interruption, new PrintWriter(out), new PrintWriter(err), arguments);
    return new Run(code, out.toString(), err.toString());
  }

  /** One clear message on standard error, no stack trace, nothing on standard output. */
  void refuses(int expectedCode, String... parts) {
    assertThat(code).as(err).isEqualTo(expectedCode);
    assertThat(err).startsWith("recur4j: ").contains(parts).doesNotContain("\tat ");
    assertThat(err).doesNotContain("internal error");
    assertThat(out).isEmpty();
  }

  Run succeeds() {
    assertThat(code).as(err).isZero();
    assertThat(err).isEmpty();
    return this;
  }
}
