package org.recur4j.models.decoding;

/**
 * A model that is generating sequences, one per row. Each step takes one token per row and returns
 * the logits of the next token. Must be used by one thread at a time.
 */
public interface Continuation extends AutoCloseable {
  /**
   * Returns the initial number of sequences.
   *
   * @return B, at least 1
   */
  int rows();

  /**
   * Returns the number of tokens.
   *
   * @return C; tokens are 0 … C − 1
   */
  int classes();

  /**
   * Returns the token that is the first input of every row.
   *
   * @return the begin token; it may be C or greater
   */
  int begin();

  /**
   * Returns the token that ends a sequence.
   *
   * @return 0 … C − 1, or −1 if there is none
   */
  int end();

  /**
   * Drops, repeats and reorders rows: row i then continues the sequence of row {@code rows[i]}.
   *
   * @param rows at least one row of the last step (before the first step, of the initial rows)
   */
  void choose(int... rows);

  /**
   * Runs one step.
   *
   * @param tokens one token per row
   * @return logits of the next token, {@code [rows·C]}
   */
  float[] step(int... tokens);

  /**
   * Returns the attention weights of the last step.
   *
   * @return {@code [rows][S]}, each row summing to 1; empty for a model without attention
   */
  float[][] attention();

  @Override
  void close();
}
