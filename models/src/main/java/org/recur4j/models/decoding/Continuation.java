package org.recur4j.models.decoding;

/**
 * A model in the middle of saying sequences, one a row. A step gives every row a token and tells
 * how likely each token is to come next. One thread at a time.
 */
public interface Continuation extends AutoCloseable {
  /**
   * Number of sequences at the beginning.
   *
   * @return B, at least 1
   */
  int rows();

  /**
   * Number of tokens.
   *
   * @return C; tokens are 0 … C − 1
   */
  int classes();

  /**
   * The token that is every row's first input.
   *
   * @return it need not be below C
   */
  int begin();

  /**
   * The token that ends a row.
   *
   * @return 0 … C − 1, or −1 if nothing does
   */
  int end();

  /**
   * Drops, copies and reorders rows: row i now continues what row {@code rows[i]} has said.
   *
   * @param rows at least one, each a row of the last step (of the beginning, before the first)
   */
  void choose(int... rows);

  /**
   * Gives every row its next token.
   *
   * @param tokens one a row
   * @return logits of what follows, {@code [rows·C]}
   */
  float[] step(int... tokens);

  /**
   * Where each row looked in the last step.
   *
   * @return {@code [rows][S]}, sums of 1; no rows for a model without attention
   */
  float[][] attention();

  @Override
  void close();
}
