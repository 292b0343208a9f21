/**
 * Encoder–decoder networks: a sequence in, a sequence of another length out, with attention between
 * them (Sutskever et al. 2014; Bahdanau et al. 2015; Luong et al. 2015).
 */
package org.recur4j.models.translation;
