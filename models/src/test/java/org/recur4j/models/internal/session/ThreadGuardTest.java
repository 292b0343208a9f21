package org.recur4j.models.internal.session;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.recur4j.api.error.InvalidArgumentException;

/** Who comes while another is inside is told what to do instead. */
class ThreadGuardTest {
  private final ThreadGuard door = new ThreadGuard("Open a session for each thread");

  private void enterFromAnotherThread() throws InterruptedException, ExecutionException {
    FutureTask<Void> task = new FutureTask<>(door::enter, null);
    Thread thread = new Thread(task);
    thread.start();
    thread.join();
    task.get();
  }

  @Test
  void aSecondThreadIsRefusedUntilTheFirstHasLeft() throws Exception {
    door.enter();
    assertThatThrownBy(this::enterFromAnotherThread)
        .hasCauseInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("session: got a second thread at the same time")
        .hasMessageContaining("one thread at a time")
        .hasMessageContaining("Open a session for each thread");
    door.leave();
    assertThatCode(this::enterFromAnotherThread).doesNotThrowAnyException();
    assertThatThrownBy(door::enter).hasMessageContaining("a second thread");
  }
}
