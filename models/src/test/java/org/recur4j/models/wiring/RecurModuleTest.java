package org.recur4j.models.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.ConfigurationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.error.ClosedException;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;

class RecurModuleTest {
  private static Backend toy() {
    return new ToyProvider().open(BackendOptions.defaults());
  }

  @Test
  void backendAndNetworkAreSingletonsThatCloseTogether(@TempDir Path folder) {
    Path file = folder.resolve("model.safetensors");
    try (Backend backend = toy();
        Network fresh = Networks.oneToOne().features(3).values(2).build(backend)) {
      fresh.save(file);
    }
    Injector injector =
        Guice.createInjector(RecurModule.backend(RecurModuleTest::toy).withModel(file));
    Network network = injector.getInstance(Network.class);
    Backend backend = injector.getInstance(Backend.class);
    assertThat(injector.getInstance(Network.class)).isSameAs(network);
    assertThat(network.backend()).isSameAs(backend);
    injector.getInstance(OpenedResources.class).close();
    injector.getInstance(OpenedResources.class).close();
    assertThatThrownBy(() -> backend.scope("late")).isInstanceOf(ClosedException.class);
  }

  @Test
  void withoutAModelFileThereIsNoNetwork() {
    Injector injector = Guice.createInjector(RecurModule.backend(RecurModuleTest::toy));
    assertThatThrownBy(() -> injector.getInstance(Network.class))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void anUnknownBackendFailsWithTheCandidates() {
    Injector injector = Guice.createInjector(RecurModule.backend("abacus"));
    assertThatThrownBy(() -> injector.getInstance(Backend.class))
        .isInstanceOf(ProvisionException.class)
        .hasRootCauseInstanceOf(BackendException.class)
        .rootCause()
        .hasMessageContaining("abacus");
  }
}
