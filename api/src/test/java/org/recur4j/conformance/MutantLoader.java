package org.recur4j.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendProvider;

/**
 * Loads a toy backend of its own, and what backends share, some classes of which were compiled from
 * edited source.
 */
final class MutantLoader extends ClassLoader {
  private static final String TOY = "org.recur4j.conformance.toy.";
  private static final String SHARED = "org.recur4j.api.spi.";
  private final Map<String, byte[]> compiled;

  private MutantLoader(Map<String, byte[]> compiled) {
    super(MutantLoader.class.getClassLoader());
    this.compiled = compiled;
  }

  /** Plants a fault in a fresh toy. */
  static BackendProvider plant(PlantedFault fault) {
    Map<String, String> sources = new HashMap<>();
    for (PlantedFault.Edit edit : fault.edits()) {
      String source = sources.computeIfAbsent(edit.file(), MutantLoader::source);
      sources.put(edit.file(), edit.apply(source));
    }
    try {
      return (BackendProvider)
          new MutantLoader(compile(sources))
              .loadClass(TOY + "FusedToyProvider")
              .getConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the toy with a planted fault: " + e.getMessage(), e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(TOY) && !name.startsWith(SHARED)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      byte[] bytes = compiled.containsKey(name) ? compiled.get(name) : unchanged(name);
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private byte[] unchanged(String name) throws ClassNotFoundException {
    try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** Where a class was loaded from. */
  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** A class of the toy, or one that backends share, which is named with its package. */
  private static String path(String file) {
    return (file.startsWith(SHARED) ? file : TOY + file).replace('.', '/') + ".java";
  }

  private static String source(String file) {
    Path module = Path.of(System.getProperty("basedir", ""));
    String folder = file.startsWith(SHARED) ? "src/main/java" : "src/test/java";
    Path path = module.resolve(folder).resolve(path(file));
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> compile(Map<String, String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    List<SimpleJavaFileObject> units =
        sources.entrySet().stream()
            .map(entry -> new Source(entry.getKey(), entry.getValue()))
            .collect(Collectors.toList());
    String classPath =
        Stream.of(home(MutantLoader.class), home(Backend.class))
            .map(Path::toString)
            .collect(Collectors.joining(java.io.File.pathSeparator));
    List<String> options = List.of("-proc:none", "-nowarn", "-classpath", classPath);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      InMemory memory = new InMemory(files);
      if (!compiler.getTask(null, memory, problems, options, null, units).call()) {
        throw new AssertionError(
            "the planted fault does not compile: " + problems.getDiagnostics());
      }
      return memory.classes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + path(name)), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Target extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Target(String name) {
      super(URI.create("mem:///" + name + ".class"), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, Target> targets = new HashMap<>();

    InMemory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return targets.computeIfAbsent(name, Target::new);
    }

    Map<String, byte[]> classes() {
      return targets.entrySet().stream()
          .collect(
              Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().bytes.toByteArray()));
    }
  }
}
