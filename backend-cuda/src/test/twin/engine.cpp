// Runs a kernel's threads as fibers on one OS thread, block by block. A thread runs until it waits; the order in
// which waiting threads go on is ascending, descending or scattered, so that a missing barrier shows.
// Shared memory is poisoned with NaN before each block. A fault in device memory ends the kernel, not the process.
#include "engine.h"
#include <csetjmp>
#include <csignal>
#include <cstdio>
#include <sys/mman.h>

extern "C" void twin_switch(void** save, void* to);
asm(R"(.text
.globl twin_switch
.hidden twin_switch
twin_switch:
  pushq %rbp; pushq %rbx; pushq %r12; pushq %r13; pushq %r14; pushq %r15
  movq %rsp,(%rdi); movq %rsi,%rsp
  popq %r15; popq %r14; popq %r13; popq %r12; popq %rbx; popq %rbp
  ret
)");

namespace twin {
Thread* thread;
Block* block;
uint3 blockExtent, gridExtent;
Settings settings;
char *arenaLow, *arenaHigh;
std::string lastFailure;

std::vector<Kernel>& kernels() {
  static std::vector<Kernel> all;
  return all;
}

namespace {
constexpr size_t STACK = 64 * 1024;
constexpr long PATIENCE = 10000;
constexpr size_t LARGEST_SHARED = 256 * 1024;
enum State { READY, AT_BARRIER, AT_WARP, SPINNING, DONE };
struct Fiber : Thread {
  void* stackPointer;
  char* stack;
  State state;
  int line;
  unsigned generation;
};
struct Warp {
  uint32_t values[2][32];
  unsigned generation, arrived;
};
struct Shared {
  const void* key;
  std::vector<char> memory;
  bool used;
};
struct RunningBlock : Block {
  std::vector<Fiber> fibers;
  std::vector<Warp> warps;
  unsigned live, waiting;
};

RunningBlock running;
std::vector<Shared> shared;
std::vector<char*> stacks;
char *ofLaunchMap, *ofLaunch;
const Kernel* kernel;
const void* arguments;
void* scheduler;
int failure;
sigjmp_buf escape;
bool guarded;
void* faultAddress;
struct sigaction previous;
uint64_t launches;

Fiber* self() { return static_cast<Fiber*>(thread); }
void suspend(State state) {
  Fiber* f = self();
  f->state = state;
  twin_switch(&f->stackPointer, scheduler);
}
void body() {
  kernel->invoke(arguments);
  suspend(DONE);
  __builtin_unreachable();
}
void start(Fiber& f) {
  if (stacks.empty()) {
    f.stack = static_cast<char*>(mmap(nullptr, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
  } else {
    f.stack = stacks.back();
    stacks.pop_back();
  }
  uintptr_t* top = reinterpret_cast<uintptr_t*>((reinterpret_cast<uintptr_t>(f.stack) + STACK) & ~uintptr_t(15));
  *--top = 0;
  *--top = reinterpret_cast<uintptr_t>(&body);
  for (int i = 0; i < 6; i++) *--top = 0;
  f.stackPointer = top;
}
void giveBack(Fiber& f) {
  if (f.stack) stacks.push_back(f.stack);
  f.stack = nullptr;
}

void onFault(int signal, siginfo_t* info, void* context) {
  char* address = static_cast<char*>(info->si_addr);
  if (guarded && address >= arenaLow && address < arenaHigh) {
    faultAddress = address;
    siglongjmp(escape, 1);
  }
  // Somebody else's, most likely the virtual machine's own.
  if (previous.sa_flags & SA_SIGINFO) previous.sa_sigaction(signal, info, context);
  else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) previous.sa_handler(signal);
  else {
    std::signal(signal, SIG_DFL);
    raise(signal);
  }
}

// A permutation of n that changes with every call unless the order is fixed: a random start and a step that
// shares no factor with n.
struct Order {
  unsigned n, first = 0, step = 1;
  explicit Order(unsigned count) : n(count) {
    if (settings.seed == 0) return;
    if (settings.seed == 1) {
      first = n - 1;
      step = n - 1;
      return;
    }
    static uint64_t state = 0;
    static long seeded = 0;
    if (seeded != settings.seed) state = seeded = settings.seed;
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    first = (state >> 33) % n;
    step = 1 + (state >> 17) % n;
    while (std::__gcd(step, n) != 1) step++;
  }
  unsigned operator[](unsigned i) const { return (first + uint64_t(i) * step) % n; }
};

void release(RunningBlock& b) {
  int line = 0;
  b.waiting = 0;
  for (Fiber& f : b.fibers) {
    if (f.state != AT_BARRIER) continue;
    if (line && f.line != line) {
      fail(LAUNCH_FAILED, "__syncthreads at lines " + std::to_string(line) + " and " + std::to_string(f.line) + " at once");
    }
    line = f.line;
    f.state = READY;
  }
}

void runBlock(RunningBlock& b) {
  unsigned n = b.fibers.size();
  long idle = 0;
  while (b.live && !failure) {
    Order order(n);
    bool progress = false, spun = false;
    for (unsigned i = 0; i < n && !failure; i++) {
      Fiber& f = b.fibers[order[i]];
      if (f.state == SPINNING) {
        f.state = READY;
        spun = true;
      } else if (f.state == AT_WARP && b.warps[f.linear >> 5].generation != f.generation) {
        f.state = READY;
      }
      if (f.state != READY) continue;
      if (!f.stack) start(f);
      thread = &f;
      twin_switch(&scheduler, f.stackPointer);
      progress |= f.state != SPINNING;
      if (f.state == DONE) {
        giveBack(f);
        b.live--;
      }
      if (b.live && b.waiting == b.live) {
        release(b);
        progress = true;
      }
    }
    idle = progress ? 0 : idle + 1;
    if (idle > (spun ? PATIENCE : 1)) {
      unsigned barrier = 0, warp = 0, spinning = 0;
      for (Fiber& f : b.fibers) {
        barrier += f.state == AT_BARRIER;
        warp += f.state == AT_WARP;
        spinning += f.state == SPINNING || f.state == READY;
      }
      fail(LAUNCH_TIMEOUT, "deadlock: " + std::to_string(barrier) + " threads at __syncthreads, " + std::to_string(warp) +
                               " at a warp operation, " + std::to_string(spinning) + " spinning");
    }
  }
}

Warp& arrive(uint32_t value, unsigned& parity) {
  Fiber* f = self();
  Warp& w = running.warps[f->linear >> 5];
  parity = w.generation & 1;
  unsigned full = 0;
  for (Fiber& g : running.fibers) {
    if (g.linear >> 5 == f->linear >> 5 && g.state != DONE) full |= 1u << (g.linear & 31);
  }
  w.values[parity][f->linear & 31] = value;
  w.arrived |= 1u << (f->linear & 31);
  unsigned now = w.generation;
  if ((w.arrived & full) == full) {
    w.arrived = 0;
    w.generation++;
  }
  while (w.generation == now) {
    f->generation = now;
    suspend(AT_WARP);
  }
  return w;
}
}  // namespace

// Where a barrier stands, as CpuTwin.java names it: Java's hash of the file's name, and the line.
static long place(int line, const char* file) {
  const char* slash = strrchr(file, '/');
  uint32_t hash = 0;
  for (const char* c = slash ? slash + 1 : file; *c; c++) hash = 31 * hash + (unsigned char)*c;
  return long(uint64_t(hash) << 32 | unsigned(line));
}

void barrier(int line, const char* file) {
  if (settings.skipped && settings.skipped == place(line, file)) return;
  self()->line = line;
  running.waiting++;
  suspend(AT_BARRIER);
}
void yield() { suspend(SPINNING); }
void warpBarrier() {
  unsigned parity;
  arrive(0, parity);
}
uint32_t shuffle(uint32_t value, int lane) {
  unsigned parity;
  return arrive(value, parity).values[parity][lane];
}
void* sharedArray(const void* key, size_t bytes) {
  for (Shared& each : shared) {
    if (each.key != key) continue;
    if (!each.used) memset(each.memory.data(), 0xff, each.memory.size());
    each.used = true;
    return each.memory.data() + (64 - (reinterpret_cast<uintptr_t>(each.memory.data()) & 63)) % 64;
  }
  shared.push_back(Shared{key, std::vector<char>(bytes + 64), false});
  return sharedArray(key, bytes);
}

void* sharedOfLaunch() { return ofLaunch; }

int fail(int code, const std::string& why) {
  if (!failure) {
    failure = code;
    lastFailure = (kernel ? "kernel " + kernel->name + ": " : "") + why;
    fprintf(stderr, "[cpu twin] %s\n", lastFailure.c_str());
  }
  return failure;
}

int execute(const Kernel& what, uint3 grid, uint3 extent, size_t dynamic, const void* given) {
  static bool installed;
  if (!installed) {
    installed = true;
    struct sigaction action = {};
    action.sa_sigaction = onFault;
    action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, &previous);
  }
  // Right-aligned before a page that faults, inside the arena so that the fault is the kernel's.
  if (!ofLaunchMap) {
    ofLaunchMap = arenaHigh - LARGEST_SHARED - 4096;
    mprotect(ofLaunchMap, LARGEST_SHARED, PROT_READ | PROT_WRITE);
  }
  ofLaunch = ofLaunchMap + LARGEST_SHARED - (dynamic + 15) / 16 * 16;
  kernel = &what;
  arguments = given;
  blockExtent = extent;
  gridExtent = grid;
  failure = 0;
  launches++;
  unsigned n = extent.x * extent.y * extent.z;
  running.fibers.resize(n);
  running.warps.resize((n + 31) / 32);
  block = &running;
  guarded = true;
  if (!sigsetjmp(escape, 1)) {
    Order order(grid.x * grid.y * grid.z);
    for (unsigned i = 0; i < order.n && !failure; i++) {
      unsigned at = order[i];
      running.index = {at % grid.x, at / grid.x % grid.y, at / grid.x / grid.y};
      running.live = n;
      running.waiting = 0;
      for (Shared& each : shared) each.used = false;
      memset(ofLaunch, 0xff, dynamic);
      for (Warp& w : running.warps) w.generation = w.arrived = 0;
      for (unsigned t = 0; t < n; t++) {
        Fiber& f = running.fibers[t];
        f.linear = t;
        f.index = {t % extent.x, t / extent.x % extent.y, t / extent.x / extent.y};
        f.state = READY;
        f.stack = nullptr;
      }
      runBlock(running);
    }
  } else {
    char where[200];
    snprintf(where, sizeof where, "illegal address %p by block (%u,%u,%u) thread %u", faultAddress, running.index.x,
             running.index.y, running.index.z, self()->linear);
    fail(ILLEGAL_ADDRESS, where);
  }
  guarded = false;
  for (Fiber& f : running.fibers) giveBack(f);
  kernel = nullptr;
  return failure;
}
}  // namespace twin
