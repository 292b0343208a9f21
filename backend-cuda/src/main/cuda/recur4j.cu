// The one translation unit: every kernel of the backend.
//
// Convention. A kernel is extern "C", returns nothing and takes one struct by value: its host hands over a
// single pointer to a filled buffer (one crossing into the driver, whatever the number of fields). The struct
// is declared beside the kernel, named like it with the ending Args, and holds pointers, 32-bit integers and
// floats under C's natural alignment; Java writes the same fields in the same order.
//
// Determinism. No floating-point atomics. Every sum has an order that depends on shapes alone.
#include "portable.cuh"

#include "elementwise.cu"
#include "indexing.cu"
#include "folds.cu"
#include "losses.cu"
#include "optimizers.cu"
#include "cells.cu"
#include "gemm.cu"
#include "gemm_tf32.cu"
#include "series.cu"
#include "forward.cu"
#include "backward.cu"
#include "resident.cu"
