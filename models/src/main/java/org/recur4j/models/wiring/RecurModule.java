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
 * Binds {@link Backend} and, where a model file is given, {@link Network} as singletons. They are
 * opened when first asked for and closed by {@link OpenedResources}.
 *
 * <p>A program with a {@code module-info} that uses this package declares {@code requires
 * com.google.guice} as well; this library requires Guice optionally.
 *
 * <pre>{@code
 * Injector injector = Guice.createInjector(RecurModule.backend("ejml").withModel(file));
 * Network network = injector.getInstance(Network.class);
 * injector.getInstance(Opened.class).close();
 * }</pre>
 */
@SuppressWarnings("exports") // A modular program requires Guice itself: see module-info.
public final class RecurModule extends AbstractModule {
  private final Supplier<Backend> opener;
  private final Path model;

  private RecurModule(Supplier<Backend> opener, Path model) {
    this.opener = opener;
    this.model = model;
  }

  /**
   * The backend that {@link Backends#open()} chooses.
   *
   * @return a module
   */
  public static RecurModule chosenBackend() {
    return backend(Backends::open);
  }

  /**
   * A backend by name.
   *
   * @param name e.g. {@code "ejml"}
   * @return a module; asking it for the backend fails as {@link Backends#open(String)} does
   */
  public static RecurModule backend(String name) {
    return backend(() -> Backends.open(name));
  }

  /**
   * A backend by name, with options.
   *
   * @param name e.g. {@code "ejml"}
   * @param options threads, device, leak listener
   * @return a module
   */
  public static RecurModule backend(String name, BackendOptions options) {
    return backend(() -> Backends.open(name, options));
  }

  /**
   * A backend from anywhere.
   *
   * @param opener called once, when the backend is first asked for
   * @return a module
   */
  public static RecurModule backend(Supplier<Backend> opener) {
    return new RecurModule(opener, null);
  }

  /**
   * This module with a network read from a file.
   *
   * @param file as {@link Network#save(Path)} writes it
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
