package org.recur4j.models.decoding;

/**
 * What has been said so far, token behind token; paths share their beginnings.
 *
 * @param before null at the beginning
 * @param token the last one
 * @param length tokens
 * @param logProbability of all of them
 * @param attention of the last one, or null
 */
record TokenPath(
    TokenPath before, int token, int length, double logProbability, float[] attention) {
  static final TokenPath EMPTY = new TokenPath(null, -1, 0, 0, null);

  TokenPath with(int next, double logProbabilityOfAll, float[] where) {
    return new TokenPath(this, next, length + 1, logProbabilityOfAll, where);
  }

  /** Leaves the end away. */
  Decoded decoded(double score, boolean ended) {
    TokenPath last = ended ? before : this;
    int[] tokens = new int[last.length];
    boolean attentive = last.attention != null;
    float[][] where = new float[attentive ? tokens.length : 0][];
    for (TokenPath path = last; path.length > 0; path = path.before) {
      tokens[path.length - 1] = path.token;
      if (attentive) {
        where[path.length - 1] = path.attention;
      }
    }
    return new Decoded(tokens, logProbability, score, ended, where);
  }
}
