package org.recur4j.api.backend;

/**
 * One provider that discovery met, usable or not.
 *
 * @param name the name it is chosen by, or its class where it could not even say that
 * @param availability what its probe found, or why it could not be asked
 */
public record Candidate(String name, Availability availability) {
  /**
   * Whether it could be opened.
   *
   * @return true if its probe said so
   */
  public boolean isAvailable() {
    return availability instanceof Availability.Available;
  }

  /**
   * How strongly it asks to be chosen.
   *
   * @return its score; 0 if unavailable
   */
  public int score() {
    return availability instanceof Availability.Available available ? available.score() : 0;
  }

  @Override
  public String toString() {
    if (availability instanceof Availability.Available available) {
      return name + ": available, score " + available.score() + " (" + available.detail() + ")";
    }
    Availability.Unavailable unavailable = (Availability.Unavailable) availability;
    return name + ": unavailable, " + unavailable.reason() + "; " + unavailable.remedy();
  }
}
