// Kernels as the driver sees them, and their execution.
#pragma once
#include "cuda_shim.h"
#include <string>
#include <vector>

namespace twin {
enum Code {
  SUCCESS = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NOT_INITIALIZED = 3, NO_DEVICE = 100, INVALID_DEVICE = 101,
  INVALID_IMAGE = 200, INVALID_CONTEXT = 201, INVALID_HANDLE = 400, NOT_FOUND = 500, NOT_READY = 600, ILLEGAL_ADDRESS = 700,
  LAUNCH_TIMEOUT = 702, LAUNCH_FAILED = 719, NOT_SUPPORTED = 801, CAPTURE_UNSUPPORTED = 900
};

struct Kernel {
  std::string name;
  size_t argumentBytes;
  void (*invoke)(const void* arguments);
};
std::vector<Kernel>& kernels();

// Registers a kernel that takes one struct by value.
template <auto F> struct Entry;
template <class A, void (*F)(A)> struct Entry<F> {
  static void invoke(const void* arguments) { F(*static_cast<const A*>(arguments)); }
  explicit Entry(const char* name) { kernels().push_back(Kernel{name, sizeof(A), &invoke}); }
};
#define TWIN_KERNEL(name) static twin::Entry<&name> entry_##name(#name)

// What tests turn; see CpuTwin.java for the meanings.
struct Settings {
  long seed = 0, lazy = 1, devices = 1, driver = 12040, capability = 75, memory = 2l << 30, log = 0, skipped = 0;
};
extern Settings settings;

// The block of addresses that device memory comes from: a fault inside is the kernel's.
extern char *arenaLow, *arenaHigh;
// The words that go with the last failure.
extern std::string lastFailure;

int execute(const Kernel& kernel, uint3 grid, uint3 block, size_t dynamic, const void* arguments);
int fail(int code, const std::string& why);
}  // namespace twin
