/**
 * Encoder-decoder networks with and without attention (Sutskever et al. 2014; Bahdanau et al. 2015;
 * Luong et al. 2015).
 */
package org.recur4j.models.seq2seq;
