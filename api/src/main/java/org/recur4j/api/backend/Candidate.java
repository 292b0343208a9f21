package org.recur4j.api.backend;

/**
 * A provider found by discovery, usable or not.
 *
 * @param name the name users choose it by, or the name of its class if it could not be determined
 * @param availability the result of its probe, or the reason why it could not be probed
 */
public record Candidate(String name, Availability availability) {
  /**
   * Returns whether the backend can be opened.
   *
   * @return true if its probe reported so
   */
  public boolean isAvailable() {
    return availability instanceof Availability.Available;
  }

  /**
   * Returns the priority of the backend when the user names none.
   *
   * @return the score; 0 if unavailable
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
