package org.recur4j.models.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;

/** Runs in an execution of its own, whose class path has no Guice. */
class WithoutGuiceTest {
  @Test
  void networksNeedNoGuice() {
    assertThatThrownBy(() -> Class.forName("com.google.inject.Guice"))
        .isInstanceOf(ClassNotFoundException.class);
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network = Networks.oneToOne().features(3).values(2).build(backend)) {
      assertThat(network.parameters()).hasSize(2);
    }
  }
}
