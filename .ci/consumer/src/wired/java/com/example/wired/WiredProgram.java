package com.example.wired;

import com.google.inject.Guice;
import com.google.inject.Injector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.Backends;
import org.recur4j.models.network.Network;
import org.recur4j.models.network.Networks;
import org.recur4j.models.data.SequenceBatch;
import org.recur4j.models.wiring.OpenedResources;
import org.recur4j.models.wiring.RecurModule;

/** Lets Guice open a backend and a model file, and compares its answers with those of the network that was saved. */
public final class WiredProgram {
  private WiredProgram() {}

  /** No arguments. */
  public static void main(String[] args) throws IOException {
    SequenceBatch batch = SequenceBatch.ofIndices(List.of(new int[] {1, 2, 3}, new int[] {4}));
    Path folder = Files.createTempDirectory("wired");
    Path file = folder.resolve("model.safetensors");
    try {
      float[][] saved;
      try (Backend backend = Backends.open("ejml");
          Network network =
              Networks.manyToOne()
                  .embedding(5, 4)
                  .recurrent(Networks.gru(8))
                  .classes(2)
                  .seed(7)
                  .build(backend)) {
        network.save(file);
        saved = network.predict(batch);
      }
      Injector injector = Guice.createInjector(RecurModule.backend("ejml").withModel(file));
      try (OpenedResources opened = injector.getInstance(OpenedResources.class)) {
        float[][] answers = injector.getInstance(Network.class).predict(batch);
        if (!Arrays.deepEquals(saved, answers)) {
          throw new IllegalStateException("the injected network answers something else");
        }
        System.out.println("the injected network answers as the saved one, by " + opened.getClass().getName());
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }
}
