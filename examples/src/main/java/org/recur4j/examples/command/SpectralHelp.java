package org.recur4j.examples.command;

import java.util.Optional;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.Backends;
import org.recur4j.api.backend.Candidate;
import org.recur4j.api.backend.Decompositions;

/** Who finds eigenvalues: the backend that computes, or the first other one that can. */
final class SpectralHelp implements AutoCloseable {
  private final Backend other;
  private final Optional<Decompositions> decompositions;

  private SpectralHelp(Backend other, Optional<Decompositions> decompositions) {
    this.other = other;
    this.decompositions = decompositions;
  }

  static SpectralHelp beside(Backend backend) {
    if (backend.decompositions().isPresent()) {
      return new SpectralHelp(null, backend.decompositions());
    }
    for (Candidate candidate : Backends.report().candidates()) {
      if (candidate.isAvailable() && !candidate.name().equals(backend.info().name())) {
        Backend other = Backends.open(candidate.name(), BackendOptions.defaults().withThreads(1));
        if (other.decompositions().isPresent()) {
          return new SpectralHelp(other, other.decompositions());
        }
        other.close();
      }
    }
    return new SpectralHelp(null, Optional.empty());
  }

  Optional<Decompositions> decompositions() {
    return decompositions;
  }

  @Override
  public void close() {
    if (other != null) {
      other.close();
    }
  }
}
