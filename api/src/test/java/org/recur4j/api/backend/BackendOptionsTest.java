package org.recur4j.api.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.ScopeReport;

/** Options are values, and a setting that nobody knows is never ignored. */
class BackendOptionsTest {
  private static final SortedMap<String, List<String>> KNOWN =
      new TreeMap<>(Map.of("products", List.of("own", "cublas"), "graphs", List.of("on", "off")));

  @Test
  void changedOptionsLeaveTheOthersAlone() {
    BackendOptions before = BackendOptions.defaults().withSetting("products", "own");

    BackendOptions after =
        before.withThreads(3).withDevice(1).withSetting("products", "cublas").withOnLeak(x -> {});

    assertThat(before.settings()).containsExactly(Map.entry("products", "own"));
    assertThat(after.settings()).containsExactly(Map.entry("products", "cublas"));
    assertThat(after.threads()).isEqualTo(3);
    assertThat(after.device()).isEqualTo(1);
    assertThat(BackendOptions.defaults().settings()).isEmpty();
  }

  @Test
  void theMapHandedInIsCopied() {
    SortedMap<String, String> mine = new TreeMap<>(Map.of("products", "own"));
    BackendOptions options = new BackendOptions(0, 0, mine, leaks -> {});

    mine.put("products", "cublas");

    assertThat(options.settings()).containsEntry("products", "own");
    assertThatThrownBy(() -> options.settings().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void refusesAnUnknownSettingAndListsTheKnown() {
    BackendOptions options = BackendOptions.defaults().withSetting("product", "own");

    assertThatThrownBy(() -> options.requireSettings("cuda", KNOWN))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessage(
            "open backend 'cuda': got setting product=own; expected one of graphs=on|off,"
                + " products=own|cublas. Leave the setting out, or choose a backend that has it.");
  }

  @Test
  void refusesAnUnknownValue() {
    BackendOptions options = BackendOptions.defaults().withSetting("products", "fast");

    assertThatThrownBy(() -> options.requireSettings("cuda", KNOWN))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("got setting products=fast")
        .hasMessageContaining("products=own|cublas");
  }

  @Test
  void aBackendWithoutSettingsSaysSo() {
    BackendOptions options = BackendOptions.defaults().withSetting("products", "own");

    assertThatThrownBy(() -> options.requireSettings("ejml", Collections.emptySortedMap()))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("open backend 'ejml': got setting products=own")
        .hasMessageContaining("no settings, because this backend has none");
  }

  @Test
  void acceptsWhatIsKnown() {
    BackendOptions.defaults().withSetting("products", "cublas").requireSettings("cuda", KNOWN);
    BackendOptions.defaults().requireSettings("ejml", Collections.emptySortedMap());
  }

  @Test
  void refusesNamesAndValuesOfNoForm() {
    assertThatThrownBy(() -> BackendOptions.defaults().withSetting("Products", "own"))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("setting 'Products' with value 'own'")
        .hasMessageContaining("lower-case letters");
    assertThatThrownBy(() -> BackendOptions.defaults().withSetting("products", " "))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("a value that is not blank");
  }

  @Test
  void leakWarningNamesAScopeOnce() {
    List<ScopeReport> leaks =
        List.of(
            new ScopeReport("session", 2, 64),
            new ScopeReport("network", 1, 8),
            new ScopeReport("session", 3, 96));
    assertThat(BackendOptions.text(leaks))
        .isEqualTo(
            "scope 'session' holds 5 tensor(s), 160 bytes (2 scopes), "
                + "scope 'network' holds 1 tensor(s), 8 bytes");
  }
}
