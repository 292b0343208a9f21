package org.recur4j.models.seq2seq;

/**
 * How the decoder looks back at the encoder's outputs m_1 … m_S. A score for each of them, softmax
 * over the real ones, and their weighted mean c is what the answer is made of besides h_t.
 */
public enum Attention {
  /**
   * None: all that the decoder knows of the source is its initial state (Sutskever et al. 2014).
   */
  NONE,
  /**
   * score = h_t · m_s (Luong et al. 2015, "dot"), from the decoder's output after the step. All
   * steps of a known target are scored at once. The decoder's output must be as wide as the
   * encoder's.
   */
  DOT,
  /** score = h_tᵀ W m_s (Luong et al. 2015, "general"); all steps at once, any widths. */
  GENERAL,
  /**
   * score = vᵀ tanh(W s_{t−1} + U m_s) (Bahdanau et al. 2015, appendix A.1.2), from the decoder's
   * output before the step; the context also feeds the decoder's first cell, so that training goes
   * step by step. The paper's maxout layer before the answer is a tanh layer here, as in Luong's.
   */
  ADDITIVE
}
