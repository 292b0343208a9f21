package org.recur4j.backend.ejml;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.BackendOptions;

class EjmlProviderTest {
  private static final String ENGINE = "recur4j.ejml.engine";
  private static final String INCUBATOR = "jdk.incubator.vector";

  private final Logger logger = Logger.getLogger("org.recur4j.backend.ejml");
  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    // The last engine that this process logged is now known to be the preferred one.
    open();
    logger.setLevel(Level.ALL);
    handler.setLevel(Level.ALL);
    logger.addHandler(handler);
  }

  @AfterEach
  void restore() {
    logger.removeHandler(handler);
    logger.setLevel(null);
    System.clearProperty(ENGINE);
  }

  private static void open() {
    new EjmlProvider().open(BackendOptions.defaults().withThreads(1)).close();
  }

  @Test
  void logsTheEngineOnceWhenItChanges() {
    open();
    assertThat(lines).isEmpty();
    System.setProperty(ENGINE, "plain");
    open();
    open();
    assertThat(lines)
        .containsExactly(
            "INFO backend ejml computes with plain Java (-Drecur4j.ejml.engine=plain)");
  }

  @Test
  void logsThePlainEngineWithTheOptionForVectorsAndTheVectorEngineBelowInfo() {
    System.setProperty(ENGINE, "plain");
    open();
    lines.clear();
    System.clearProperty(ENGINE);
    open();
    assertThat(lines).hasSize(1);
    if (ModuleLayer.boot().findModule(INCUBATOR).isPresent()) {
      assertThat(lines.get(0)).startsWith("FINE backend ejml computes with jdk.incubator.vector, ");
    } else {
      assertThat(lines.get(0))
          .isEqualTo(
              "INFO backend ejml computes with plain Java"
                  + " (for vectors add --add-modules jdk.incubator.vector)");
    }
  }

  @Test
  void isTheServiceOfAModuleThatExportsNothing() throws URISyntaxException {
    Path classes =
        Path.of(EjmlProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ModuleDescriptor module =
        ModuleFinder.of(classes).find("org.recur4j.backend.ejml").orElseThrow().descriptor();
    assertThat(module.exports()).isEmpty();
    assertThat(module.opens()).isEmpty();
    assertThat(module.provides())
        .singleElement()
        .satisfies(
            service ->
                assertThat(service.providers()).containsExactly(EjmlProvider.class.getName()));
  }
}
