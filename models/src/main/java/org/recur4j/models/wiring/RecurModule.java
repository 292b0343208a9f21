package org.recur4j.models.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.models.network.Network;

/**
 * A Guice module that binds {@link Backend} and, if a model file is given, {@link Network} as
 * singletons. They are opened on first use and closed by {@link OpenedResources}.
 *
 * <p>A program with a {@code module-info} that uses this package declares {@code requires
 * com.google.guice} as well; this library requires Guice optionally.
 *
 * <pre>{@code
 * Injector injector = Guice.createInjector(RecurModule.backend("ejml").withModel(file));
 * Network network = injector.getInstance(Network.class);
 * injector.getInstance(OpenedResources.class).close();
 * }</pre>
 */
@SuppressWarnings("exports") // A modular program requires Guice itself; see module-info.
public final class RecurModule extends AbstractModule {
  private final Supplier<Backend> opener;
  private final Path model;

  private RecurModule(Supplier<Backend> opener, Path model) {
    this.opener = opener;
    this.model = model;
  }

  /**
   * Returns a module that binds the backend chosen by {@link Backends#open()}.
   *
   * @return a module
   */
  public static RecurModule chosenBackend() {
    return backend(Backends::open);
  }

  /**
   * Returns a module that binds the backend of the given name.
   *
   * @param name e.g. {@code "ejml"}
   * @return a module; requesting the backend from it fails as {@link Backends#open(String)} does
   */
  public static RecurModule backend(String name) {
    return backend(() -> Backends.open(name));
  }

  /**
   * Returns a module that binds the backend of the given name, opened with the given options.
   *
   * @param name e.g. {@code "ejml"}
   * @param options threads, device, leak listener
   * @return a module
   */
  public static RecurModule backend(String name, BackendOptions options) {
    return backend(() -> Backends.open(name, options));
  }

  /**
   * Returns a module that binds the backend returned by a supplier.
   *
   * @param opener called once, when the backend is first requested
   * @return a module
   */
  public static RecurModule backend(Supplier<Backend> opener) {
    return new RecurModule(opener, null);
  }

  /**
   * Returns a copy of this module that also binds a network loaded from a file.
   *
   * @param file a model file, as written by {@link Network#save(Path)}
   * @return a module that also binds {@link Network}
   */
  public RecurModule withModel(Path file) {
    return new RecurModule(opener, file);
  }

  @Override
  protected void configure() {
    bind(OpenedResources.class).in(Singleton.class);
    if (model != null) {
      bind(Network.class).toProvider(NetworkProvider.class).in(Singleton.class);
      bind(Path.class).annotatedWith(ModelFile.class).toInstance(model);
    }
  }

  @Provides
  @Singleton
  Backend open(OpenedResources opened) {
    return opened.add(opener.get());
  }
}
