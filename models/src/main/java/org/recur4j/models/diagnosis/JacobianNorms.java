package org.recur4j.models.diagnosis;

/**
 * The spectral norms ‖∂s_t/∂s_{t−1}‖₂ of the steps that were looked at: by how much at most one
 * step scales a gradient. s is the state, of an LSTM h and c together. Where the largest stays
 * below 1 gradients must vanish; where gradients explode the largest is above 1 (R. Pascanu, T.
 * Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", 2013, section
 * 2.1).
 *
 * @param mean over steps and rows
 * @param largest of all
 */
public record JacobianNorms(double mean, double largest) {}
