package org.recur4j.backend.cuda.kernel;

import java.util.Locale;

/** The device functions of the kernel families, each with the name of its C function. */
enum KernelName {
  FILL_WORDS,
  COPY_WORDS,
  SCALE_ADD,
  AFFINE_MAP,
  UNARY_MAP,
  BINARY_MAP,
  ADD_PRODUCT,
  ACTIVATION_MAP,
  ACTIVATION_GRADIENT,
  LSTM_CELL,
  LSTM_CELL_GRADIENT,
  GRU_CELL,
  GRU_CELL_GRADIENT,
  GRU_RESET,
  GRU_RESET_GRADIENT,
  GATHER_WORDS,
  SCATTER_ADD,
  SLICE_WORDS,
  INSERT_WORDS,
  INSERT_ADD,
  TRANSPOSE_WORDS,
  TRANSPOSE_TILE,
  SELECT_WORDS,
  MASK_PAST,
  REVERSE_STEPS,
  LAST_STEPS,
  ADD_TO_LAST,
  FOLD_NARROW,
  FOLD_WIDE,
  ARG_MAX,
  SUM_PARTS,
  ADD_PARTS,
  SOFTMAX_ROWS,
  SOFTMAX_GRADIENT,
  CROSS_ENTROPY,
  CLIP_FACTOR,
  SGD_UPDATE,
  RMS_PROP_UPDATE,
  ADAM_UPDATE;

  /** Returns the name of the C function. */
  String function() {
    return name().toLowerCase(Locale.ROOT);
  }
}
