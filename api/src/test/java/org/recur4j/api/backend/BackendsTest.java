package org.recur4j.api.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recur4j.api.error.BackendException;
import org.recur4j.conformance.toy.ToyProvider;

/** Discovery and choice, with providers written down in a service file of the test's own. */
class BackendsTest {
  private static final BackendOptions OPTIONS = BackendOptions.defaults();
  private static int highProbes;

  @TempDir Path folder;

  @BeforeEach
  void forget() {
    highProbes = 0;
  }

  @Test
  void theHighestScoreWinsWhenNobodyChose() {
    Backends backends = backends(Map.of(), Map.of(), List.of(Low.class, High.class));
    assertThatThrownBy(() -> backends.choose(null, OPTIONS)).hasMessage("high opens");
  }

  @Test
  void anExplicitNameWinsOverPropertyOverVariable() {
    Map<String, String> low = Map.of(Backends.PROPERTY, "low", Backends.VARIABLE, "low");
    Map<String, String> high = Map.of(Backends.PROPERTY, "high", Backends.VARIABLE, "high");
    Backends variable = backends(Map.of(), low, List.of(Low.class, High.class));
    assertThatThrownBy(() -> variable.choose(null, OPTIONS)).hasMessage("low opens");
    Backends property = backends(low, high, List.of(Low.class, High.class));
    assertThatThrownBy(() -> property.choose(null, OPTIONS)).hasMessage("low opens");
    assertThatThrownBy(() -> property.choose("high", OPTIONS)).hasMessage("high opens");
  }

  @Test
  void aNameProbesOnlyItself() {
    Backends backends = backends(Map.of(), Map.of(), List.of(High.class, Low.class));
    assertThatThrownBy(() -> backends.choose("low", OPTIONS)).hasMessage("low opens");
    assertThat(highProbes).isZero();
  }

  @Test
  void anUnavailableChoiceIsAnErrorThatListsEveryCandidate() {
    Backends backends =
        backends(
            Map.of(Backends.PROPERTY, "missing"), Map.of(), List.of(High.class, Missing.class));
    assertThatThrownBy(() -> backends.choose(null, OPTIONS))
        .isInstanceOf(BackendException.class)
        .hasMessageStartingWith(
            "open backend 'missing' (named by -Drecur4j.backend): got missing: unavailable, no"
                + " device; plug one in; expected an available backend among")
        .hasMessageContaining("\n  high: available, score 300 (fast)")
        .hasMessageContaining("\n  missing: unavailable, no device; plug one in");
  }

  @Test
  void anUnknownNameIsAnErrorThatListsEveryCandidate() {
    Backends backends = backends(Map.of(), Map.of(), List.of(High.class));
    assertThatThrownBy(() -> backends.choose("hihg", OPTIONS))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("got an unknown name")
        .hasMessageContaining("\n  high: available");
  }

  @Test
  void brokenProvidersAreShownAndHideNobody() {
    BackendReport report =
        backends(
                Map.of(),
                Map.of(),
                List.of(
                    Throwing.class,
                    Unlinked.class,
                    UnlinkedAtBirth.class,
                    Stale.class,
                    Low.class,
                    SecondLow.class))
            .candidates();
    assertThat(report.candidates())
        .extracting(Candidate::toString)
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("throwing: unavailable, its probe failed: "),
            line ->
                assertThat(line)
                    .startsWith("unlinked: unavailable, its probe failed: ")
                    .contains("NoClassDefFoundError: jcuda"),
            line ->
                assertThat(line)
                    .contains("UnlinkedAtBirth: unavailable, it does not load")
                    .contains("libcuda"),
            line ->
                assertThat(line)
                    .contains("stale: unavailable, built against version 0")
                    .contains("this library has version 1"),
            line -> assertThat(line).isEqualTo("low: available, score 100 (slow)"),
            line -> assertThat(line).startsWith("low: unavailable, a second provider"));
  }

  @Test
  void aServiceFileThatNamesAMissingClassHidesNobody() throws IOException {
    Path file = folder.resolve("META-INF/services/" + BackendProvider.class.getName());
    Files.createDirectories(file.getParent());
    Files.writeString(file, "com.example.Gone\ncom.example.AlsoGone\n");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
      assertThat(Backends.discover(loader).candidates().candidates())
          .extracting(Candidate::toString)
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .startsWith("com.example.Gone: unavailable, it does not load")
                      .contains("com.example.Gone"),
              line -> assertThat(line).contains("com.example.AlsoGone"));
    }
  }

  @Test
  void withoutProvidersTheErrorSaysWhatToAdd() {
    Backends backends = backends(Map.of(), Map.of(), List.of());
    assertThat(backends.candidates()).hasToString("no backend on the class path or module path");
    assertThatThrownBy(() -> backends.choose(null, OPTIONS))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("but there are none")
        .hasMessageContaining("Add recur4j-backend-ejml");
  }

  @Test
  void aScoreOfZeroNeverWinsButANameOpensIt() {
    Backends backends = backends(Map.of(), Map.of(), List.of(ToyProvider.class));
    assertThatThrownBy(() -> backends.choose(null, OPTIONS))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("score above 0");
    try (Backend toy = backends.choose("toy", OPTIONS)) {
      assertThat(toy.info().name()).isEqualTo("toy");
    }
  }

  @Test
  void theReportIsATable() {
    assertThat(backends(Map.of(), Map.of(), List.of(High.class, Missing.class)).candidates())
        .hasToString(
            """
              name     score  what
              high       300  fast
              missing      -  unavailable: no device; plug one in""");
  }

  private static Backends backends(
      Map<String, String> properties,
      Map<String, String> environment,
      List<Class<? extends BackendProvider>> providers) {
    List<ServiceLoader.Provider<BackendProvider>> services = new ArrayList<>();
    for (Class<? extends BackendProvider> type : providers) {
      services.add(new Service(type));
    }
    return new Backends(Providers.collect(services.iterator()), properties::get, environment::get);
  }

  /** What a service loader hands out, errors included. */
  private record Service(Class<? extends BackendProvider> type)
      implements ServiceLoader.Provider<BackendProvider> {
    @Override
    public BackendProvider get() {
      try {
        return type.getConstructor().newInstance();
      } catch (InvocationTargetException broken) {
        throw new ServiceConfigurationError(type.getName() + " broke", broken.getCause());
      } catch (ReflectiveOperationException broken) {
        throw new LinkageError(type.getName(), broken);
      }
    }
  }

  /** A provider that answers what its subclass says; opening it throws, to show which opened. */
  abstract static class Fake implements BackendProvider {
    private final String name;
    private final Availability availability;

    Fake(String name, Availability availability) {
      this.name = name;
      this.availability = availability;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public Availability probe() {
      return availability;
    }

    @Override
    public Backend open(BackendOptions options) {
      throw new org.recur4j.api.error.RecurException(name + " opens");
    }
  }

  /** Score 100. */
  public static final class Low extends Fake {
    /** As a service is made. */
    public Low() {
      super("low", new Availability.Available(100, "slow"));
    }
  }

  /** The same name again. */
  public static final class SecondLow extends Fake {
    /** As a service is made. */
    public SecondLow() {
      super("low", new Availability.Available(100, "slow"));
    }
  }

  /** Score 300; counts its probes. */
  public static final class High extends Fake {
    /** As a service is made. */
    public High() {
      super("high", new Availability.Available(300, "fast"));
    }

    @Override
    public Availability probe() {
      highProbes++;
      return super.probe();
    }
  }

  /** Not available. */
  public static final class Missing extends Fake {
    /** As a service is made. */
    public Missing() {
      super("missing", new Availability.Unavailable("no device", "plug one in"));
    }
  }

  /** Breaks the promise that a probe never throws. */
  public static final class Throwing extends Fake {
    /** As a service is made. */
    public Throwing() {
      super("throwing", null);
    }

    @Override
    public Availability probe() {
      throw new IllegalStateException("oops");
    }
  }

  /** Fails to link when probed. */
  public static final class Unlinked extends Fake {
    /** As a service is made. */
    public Unlinked() {
      super("unlinked", null);
    }

    @Override
    public Availability probe() {
      throw new NoClassDefFoundError("jcuda/driver/JCudaDriver");
    }
  }

  /** Fails to link when made. */
  public static final class UnlinkedAtBirth extends Fake {
    /** As a service is made. */
    public UnlinkedAtBirth() {
      super(library(), null);
    }

    private static String library() {
      throw new UnsatisfiedLinkError("no libcuda");
    }
  }

  /** Built against another version. */
  public static final class Stale extends Fake {
    /** As a service is made. */
    public Stale() {
      super("stale", new Availability.Available(999, "old"));
    }

    @Override
    public int spiVersion() {
      return 0;
    }
  }
}
