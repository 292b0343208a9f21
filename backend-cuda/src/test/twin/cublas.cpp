// A stand-in for NVIDIA's libcublas.so.12, for tests of the code that calls it: plain loops behind the few functions
// that our host code reaches through JCublas2. It is none of NVIDIA's work and says nothing about theirs: neither
// about its speed nor about its last bits. A call queues its work in the twin's stream, so that a wrong stream or a
// forgotten wait shows as with kernels; device memory is looked at only when the work runs.
#include "door.h"
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <set>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))
namespace {
enum Status { SUCCESS = 0, NOT_INITIALIZED = 1, INVALID_VALUE = 7, EXECUTION_FAILED = 13, NOT_SUPPORTED = 15 };
enum { OP_N = 0, OP_T = 1, DEFAULT_MATH = 0, TF32_MATH = 3, ILLEGAL_ADDRESS = 700 };
constexpr int VERSION = 120099;  // no release has this number

struct Handle { void* stream = nullptr; int math = DEFAULT_MATH, atomics = 0, pointerMode = 0; };
std::mutex mutex;
std::set<Handle*> handles;
long calls, rounded, failure;

bool known(Handle* h) { return handles.count(h) != 0; }

// Columns first: the stored matrix has so many rows and columns, entries of a batch so many elements apart.
struct Matrix {
  char* at;
  int rows, columns;
  long long leading, stride;
  int count;
  bool valid() const { return rows >= 0 && columns >= 0 && leading >= (rows > 1 ? rows : 1); }
  bool isAllocated() const {
    long long last = (columns - 1) * leading + rows + (count - 1) * stride;
    return twin::isAllocated(at, 4 * size_t(last));
  }
  float& operator()(int entry, int row, int column) const {
    return reinterpret_cast<float*>(at)[entry * stride + column * leading + row];
  }
};

// Ten bits of mantissa, ties away from zero.
float tf32(float x) {
  uint32_t bits;
  memcpy(&bits, &x, 4);
  if ((bits & 0x7f800000) != 0x7f800000) bits = (bits + 0x1000) & ~0x1fffu;
  memcpy(&x, &bits, 4);
  return x;
}

int multiply(const Matrix& a, const Matrix& b, const Matrix& c, bool ta, bool tb, int k, float alpha, float beta, bool round) {
  if (!a.isAllocated() || !b.isAllocated() || !c.isAllocated()) {
    fprintf(stderr, "[cpu twin] a product by the stand-in of cuBLAS reaches outside of device memory\n");
    return ILLEGAL_ADDRESS;
  }
  std::vector<float> left(size_t(c.rows) * k), sums(c.rows);
  for (int z = 0; z < c.count; z++) {
    for (int p = 0; p < k; p++)
      for (int i = 0; i < c.rows; i++) {
        float x = ta ? a(z, p, i) : a(z, i, p);
        left[size_t(p) * c.rows + i] = round ? tf32(x) : x;
      }
    for (int j = 0; j < c.columns; j++) {
      std::fill(sums.begin(), sums.end(), 0.0f);
      for (int p = 0; p < k; p++) {
        float y = tb ? b(z, j, p) : b(z, p, j);
        if (round) y = tf32(y);
        const float* column = &left[size_t(p) * c.rows];
        for (int i = 0; i < c.rows; i++) sums[i] += column[i] * y;
      }
      // With beta 0 C is not read: it may hold anything.
      for (int i = 0; i < c.rows; i++) c(z, i, j) = alpha * sums[i] + (beta == 0 ? 0 : beta * c(z, i, j));
    }
  }
  return 0;
}

int gemm(Handle* h, int opA, int opB, int m, int n, int k, const float* alpha, void* a, int lda, long long strideA, void* b,
         int ldb, long long strideB, const float* beta, void* c, int ldc, long long strideC, int count) {
  std::lock_guard<std::mutex> locked(mutex);
  if (!known(h)) return NOT_INITIALIZED;
  if (failure) { int status = int(failure); failure = 0; return status; }
  if (h->pointerMode || opA > OP_T || opB > OP_T) return NOT_SUPPORTED;
  Matrix left{(char*)a, opA ? k : m, opA ? m : k, lda, strideA, count};
  Matrix right{(char*)b, opB ? n : k, opB ? k : n, ldb, strideB, count};
  Matrix result{(char*)c, m, n, ldc, strideC, count};
  if (!left.valid() || !right.valid() || !result.valid() || k < 0 || count < 0) return INVALID_VALUE;
  calls++;
  bool round = h->math == TF32_MATH;
  rounded += round;
  // Scalars are the caller's again when the call returns.
  float scale = *alpha, keep = *beta;
  int code = twin::queueWork(h->stream, [=] { return multiply(left, right, result, opA, opB, k, scale, keep, round); });
  return code ? EXECUTION_FAILED : SUCCESS;
}
}  // namespace

EXPORT void Java_org_recur4j_backend_cuda_twin_CublasTwin_failNext(void*, void*, long status) { failure = status; }
EXPORT long Java_org_recur4j_backend_cuda_twin_CublasTwin_get(void*, void*, int what) {
  std::lock_guard<std::mutex> locked(mutex);
  long all[] = {long(handles.size()), calls, rounded};
  return all[what];
}

EXPORT int cublasCreate_v2(Handle** h) {
  std::lock_guard<std::mutex> locked(mutex);
  if (failure) { int status = int(failure); failure = 0; return status; }
  if (twin::ready()) return NOT_INITIALIZED;
  handles.insert(*h = new Handle);
  return SUCCESS;
}
EXPORT int cublasDestroy_v2(Handle* h) {
  std::lock_guard<std::mutex> locked(mutex);
  if (!handles.erase(h)) return NOT_INITIALIZED;
  delete h;
  return SUCCESS;
}
EXPORT int cublasGetVersion_v2(Handle*, int* version) { *version = VERSION; return SUCCESS; }
EXPORT int cublasSetStream_v2(Handle* h, void* s) { if (!known(h)) return NOT_INITIALIZED; h->stream = s; return SUCCESS; }
EXPORT int cublasSetMathMode(Handle* h, int mode) { if (!known(h)) return NOT_INITIALIZED; h->math = mode; return SUCCESS; }
EXPORT int cublasSetAtomicsMode(Handle* h, int mode) { if (!known(h)) return NOT_INITIALIZED; h->atomics = mode; return mode ? NOT_SUPPORTED : SUCCESS; }
EXPORT int cublasSetPointerMode_v2(Handle* h, int mode) { if (!known(h)) return NOT_INITIALIZED; h->pointerMode = mode; return SUCCESS; }
EXPORT int cublasSgemm_v2(Handle* h, int opA, int opB, int m, int n, int k, const float* alpha, void* a, int lda, void* b, int ldb,
                          const float* beta, void* c, int ldc) {
  return gemm(h, opA, opB, m, n, k, alpha, a, lda, 0, b, ldb, 0, beta, c, ldc, 0, 1);
}
EXPORT int cublasSgemmStridedBatched(Handle* h, int opA, int opB, int m, int n, int k, const float* alpha, void* a, int lda,
                                     long long strideA, void* b, int ldb, long long strideB, const float* beta, void* c, int ldc,
                                     long long strideC, int count) {
  return gemm(h, opA, opB, m, n, k, alpha, a, lda, strideA, b, ldb, strideB, beta, c, ldc, strideC, count);
}
