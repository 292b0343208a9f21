package org.recur4j.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.spi.PackagedVersion;

/** What every jar carries besides its classes. */
class PackagedFilesTest {
  private static final List<String> MODULES =
      List.of("api", "models", "examples", "backend-ejml", "backend-nd4j", "backend-cuda");

  private static String text(URL file) throws IOException {
    try (InputStream content = file.openStream()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LICENSE", "NOTICE"})
  void everyModuleCarriesLicenseAndNotice(String name) throws IOException {
    Set<String> modules = new TreeSet<>(MODULES);
    for (URL file :
        Collections.list(getClass().getClassLoader().getResources("META-INF/" + name))) {
      String place = file.toString().replaceFirst("/target/.*", "").replaceFirst(".*/", "");
      if (modules.remove(place)) {
        assertThat(text(file)).contains(name.equals("NOTICE") ? "Recur4J" : "Apache License");
      }
    }
    assertThat(modules).as("modules without " + name).isEmpty();
  }

  @Test
  void everyModuleKnowsItsVersion() {
    Set<String> versions = new TreeSet<>();
    for (String module : MODULES) {
      versions.add(PackagedVersion.of(PackagedFilesTest.class, "recur4j-" + module));
    }
    assertThat(versions).singleElement().asString().matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    assertThat(PackagedVersion.of(PackagedFilesTest.class, "another")).isEqualTo("unknown");
  }

  @Test
  void aBackendSaysItsVersion() {
    try (Backend backend = Backends.open("ejml")) {
      assertThat(backend.info().version())
          .isEqualTo(PackagedVersion.of(PackagedFilesTest.class, "recur4j-api"));
    }
  }
}
