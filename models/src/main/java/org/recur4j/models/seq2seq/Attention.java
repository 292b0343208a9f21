package org.recur4j.models.seq2seq;

/**
 * The attention mechanism of the decoder over the encoder's outputs m_1 … m_S. The scores of the
 * valid steps are normalized by a softmax; the weighted mean c and the decoder's output h_t
 * together yield the prediction.
 */
public enum Attention {
  /**
   * No attention: the decoder receives the source only through its initial state (Sutskever et al.
   * 2014).
   */
  NONE,
  /**
   * score = h_t · m_s (Luong et al. 2015, "dot"), from the decoder's output after the step. All
   * steps of a known target are computed at once. The decoder's output must be as wide as the
   * encoder's.
   */
  DOT,
  /**
   * score = h_tᵀ W m_s (Luong et al. 2015, "general"), for outputs of any widths. All steps of a
   * known target are computed at once.
   */
  GENERAL,
  /**
   * score = vᵀ tanh(W s_{t−1} + U m_s) (Bahdanau et al. 2015, appendix A.1.2), from the decoder's
   * output before the step. The context is also an input of the decoder's first cell, so training
   * runs step by step. The paper's maxout layer before the output is replaced by a tanh layer, as
   * in Luong's model.
   */
  ADDITIVE
}
