package org.recur4j.models.diagnosis;

/**
 * The spectral norms ‖∂s_t/∂s_{t−1}‖₂ of the measured steps, which bound the factor by which one
 * step scales a gradient. s is the state; for an LSTM, h and c together. If the largest norm is
 * below 1, gradients vanish; if gradients explode, the largest norm is above 1 (R. Pascanu, T.
 * Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", 2013, section
 * 2.1).
 *
 * @param mean mean over steps and rows
 * @param largest maximum over steps and rows
 */
public record JacobianNorms(double mean, double largest) {}
