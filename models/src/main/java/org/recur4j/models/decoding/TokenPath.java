package org.recur4j.models.decoding;

/**
 * A partial sequence as a linked list of tokens; paths share common prefixes.
 *
 * @param before path without the last token; null for the empty path
 * @param token last token
 * @param length number of tokens
 * @param logProbability log-probability of all tokens
 * @param attention attention weights of the last token, or null
 */
record TokenPath(
    TokenPath before, int token, int length, double logProbability, float[] attention) {
  static final TokenPath EMPTY = new TokenPath(null, -1, 0, 0, null);

  TokenPath with(int next, double logProbabilityOfAll, float[] where) {
    return new TokenPath(this, next, length + 1, logProbabilityOfAll, where);
  }

  /** Converts this path to a result, without its last token if that is the end token. */
  DecodedSequence decoded(double score, boolean ended) {
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
    return new DecodedSequence(tokens, logProbability, score, ended, where);
  }
}
