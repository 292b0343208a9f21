// A libcuda.so.1 for tests: the driver functions that our host code reaches through JCuda. Work is queued and
// runs only when somebody waits for it, so that a forgotten wait reads NaN. Memory is poisoned, fenced by pages
// that fault, and its addresses are never used again.
#include "engine.h"
#include "door.h"
#include <cstdio>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <sys/mman.h>

using namespace twin;
#define EXPORT extern "C" __attribute__((visibility("default")))
typedef unsigned long long Address;

namespace {
std::recursive_mutex mutex;
#define LOCKED std::lock_guard<std::recursive_mutex> locked(mutex)
bool initialized;
constexpr int MOST_DEVICES = 8;
struct Context { int retained = 0; };
Context primary[MOST_DEVICES];
thread_local Context* current;
int contexts, sticky;  // a context that faulted answers the same error ever after, as CUDA does
#define READY            \
  if (!initialized) return NOT_INITIALIZED; \
  if (!current || !current->retained) return INVALID_CONTEXT; \
  if (sticky) return sticky

constexpr size_t PAGE = 4096;
struct Allocation { size_t size; char* map; size_t length; };
std::map<Address, Allocation> allocations;
size_t used;
char* arenaNext;

typedef std::function<int()> Operation;
struct Graph { std::vector<Operation> operations; };
struct Stream { std::deque<Operation> queue; size_t submitted = 0; Graph* capture = nullptr; Context* owner = nullptr; };
struct Event { Stream* stream = nullptr; size_t position = 0; };
struct Module { std::map<std::string, const Kernel*> functions; };
Stream legacy;
std::vector<Stream*> streams{&legacy};
std::map<char*, size_t> pinned;
long launches, executed;
constexpr unsigned DEFAULT_SHARED = 48 * 1024;
std::map<const Kernel*, unsigned> dynamicLimits;
// What a block may have when it asks, by compute capability.
int largestShared() { return (settings.capability >= 90 ? 227 : settings.capability >= 80 ? 99 : 64) * 1024; }

bool inside(Address p, size_t n) {
  auto it = allocations.upper_bound(p);
  if (it == allocations.begin()) return false;
  --it;
  return n <= it->second.size && p - it->first <= it->second.size - n;
}
Stream* stream(void* handle) { return handle == nullptr || handle == (void*)1 || handle == (void*)2 ? &legacy : static_cast<Stream*>(handle); }

// Runs a stream up to what had been submitted at a time, and nothing after it: an event is no more than that.
int run(Stream* s, size_t position) {
  while (!s->queue.empty() && s->submitted - s->queue.size() < position) {
    Operation next = std::move(s->queue.front());
    s->queue.pop_front();
    if (!sticky) sticky = next();
  }
  return sticky;
}
int run(Stream* s) { return run(s, s->submitted); }
int runAll() {
  for (Stream* s : streams) run(s);
  return sticky;
}
int submit(void* handle, Operation operation) {
  Stream* s = stream(handle);
  if (s->capture) {
    s->capture->operations.push_back(std::move(operation));
    return SUCCESS;
  }
  s->queue.push_back(std::move(operation));
  s->submitted++;
  if (!settings.lazy) return run(s);
  // With scattered orders a stream now and then runs ahead of the others, so that a missing event shows.
  static uint64_t state = 1;
  state = state * 6364136223846793005ull + 1442695040888963407ull;
  return settings.seed > 1 && state >> 62 == 0 ? run(s) : SUCCESS;
}
int refuse(const char* what, int code) {
  fprintf(stderr, "[cpu twin] %s is refused\n", what);
  lastFailure = what;
  return code;
}
// A stream belongs to the context that was current when it was made.
bool foreign(void* handle) { return stream(handle) != &legacy && stream(handle)->owner != current; }
}  // namespace

// ---------------------------------------------------------------- tests' own door
EXPORT void Java_org_recur4j_backend_cuda_twin_CpuTwin_set(void*, void*, int what, long value) {
  LOCKED;
  long* all[] = {&settings.seed, &settings.lazy, &settings.devices, &settings.driver, &settings.capability, &settings.memory, &settings.log, &settings.skipped};
  *all[what] = value;
}
EXPORT long Java_org_recur4j_backend_cuda_twin_CpuTwin_get(void*, void*, int what) {
  LOCKED;
  long all[] = {long(allocations.size()), long(pinned.size()), contexts, launches, executed, long(streams.size() - 1), sticky};
  return all[what];
}
EXPORT void Java_org_recur4j_backend_cuda_twin_CpuTwin_recover(void*, void*) {
  LOCKED;
  for (Stream* s : streams) s->queue.clear();
  sticky = 0;
}

// ---------------------------------------------------------------- another library's door
int twin::ready() { LOCKED; READY; return SUCCESS; }
int twin::queueWork(void* s, std::function<int()> work) {
  LOCKED;
  READY;
  if (foreign(s)) return refuse("a library's work on a stream of another context", INVALID_HANDLE);
  return submit(s, std::move(work));
}
bool twin::isAllocated(const void* address, size_t bytes) { LOCKED; return inside(reinterpret_cast<Address>(address), bytes); }

// ---------------------------------------------------------------- device and context
EXPORT int cuInit(unsigned) { LOCKED; if (!settings.devices) return NO_DEVICE; initialized = true; return SUCCESS; }
EXPORT int cuDriverGetVersion(int* v) { *v = int(settings.driver); return SUCCESS; }
EXPORT int cuDeviceGetCount(int* n) { if (!initialized) return NOT_INITIALIZED; *n = int(settings.devices); return SUCCESS; }
EXPORT int cuDeviceGet(int* d, int i) { if (i >= settings.devices) return INVALID_DEVICE; *d = i; return SUCCESS; }
EXPORT int cuDeviceGetName(char* s, int n, int) { snprintf(s, n, "CPU twin of a CUDA device (tests only)"); return SUCCESS; }
EXPORT int cuDeviceTotalMem_v2(size_t* n, int) { *n = settings.memory; return SUCCESS; }
EXPORT int cuDeviceGetAttribute(int* v, int which, int) {
  switch (which) {
    case 16: *v = 4; break;
    case 75: *v = int(settings.capability / 10); break;
    case 76: *v = int(settings.capability % 10); break;
    case 97: *v = largestShared(); break;
    default: *v = 0;
  }
  return SUCCESS;
}
EXPORT int cuDevicePrimaryCtxRetain(void** c, int d) {
  LOCKED;
  if (!initialized) return NOT_INITIALIZED;
  if (d < 0 || d >= settings.devices || d >= MOST_DEVICES) return INVALID_DEVICE;
  if (settings.memory < (1l << 20)) return OUT_OF_MEMORY;
  if (!contexts++) sticky = 0;
  primary[d].retained++;
  *c = &primary[d];
  return SUCCESS;
}
EXPORT int cuDevicePrimaryCtxRelease_v2(int d) {
  LOCKED;
  if (d < 0 || d >= MOST_DEVICES || !primary[d].retained) return INVALID_CONTEXT;
  primary[d].retained--;
  contexts--;
  return SUCCESS;
}
EXPORT int cuCtxSetCurrent(void* c) { current = static_cast<Context*>(c); return SUCCESS; }
EXPORT int cuCtxSynchronize() { LOCKED; READY; return runAll(); }

// ---------------------------------------------------------------- memory
EXPORT int cuMemGetInfo_v2(size_t* f, size_t* t) { LOCKED; *t = settings.memory; *f = settings.memory - used; return SUCCESS; }
EXPORT int cuMemAlloc_v2(Address* p, size_t n) {
  LOCKED;
  READY;
  if (!n) return INVALID_VALUE;
  if (used + n > size_t(settings.memory)) return OUT_OF_MEMORY;
  if (!arenaLow) {
    size_t length = size_t(1) << 40;
    arenaLow = (char*)mmap(nullptr, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    arenaHigh = arenaLow + length;
    arenaNext = arenaLow + PAGE;
  }
  // Right-aligned, so that the byte after the last lies in a page that faults.
  size_t rounded = (n + 15) & ~size_t(15), length = (rounded + PAGE - 1) & ~(PAGE - 1);
  char* map = arenaNext;
  arenaNext += length + PAGE;
  mprotect(map, length, PROT_READ | PROT_WRITE);
  memset(map, 0xff, length);
  Address a = reinterpret_cast<Address>(map + length - rounded);
  allocations[a] = {n, map, length};
  used += n;
  *p = a;
  return SUCCESS;
}
EXPORT int cuMemFree_v2(Address p) {
  LOCKED;
  READY;
  runAll();
  auto it = allocations.find(p);
  if (it == allocations.end()) return refuse("freeing an address that is not allocated", INVALID_VALUE);
  madvise(it->second.map, it->second.length, MADV_DONTNEED);
  mprotect(it->second.map, it->second.length, PROT_NONE);
  used -= it->second.size;
  allocations.erase(it);
  return sticky;
}
EXPORT int cuMemcpyHtoDAsync_v2(Address d, const void* h, size_t n, void* s) {
  LOCKED;
  READY;
  if (foreign(s)) return refuse("a copy on a stream of another context", INVALID_HANDLE);
  if (!inside(d, n)) return refuse("a copy to memory that is not allocated", INVALID_VALUE);
  auto it = pinned.upper_bound((char*)h);
  bool lasting = it != pinned.begin() && (--it, (char*)h < it->first + it->second);
  if (lasting) return submit(s, [=] { memcpy((void*)d, h, n); return SUCCESS; });
  auto stage = std::make_shared<std::vector<char>>((const char*)h, (const char*)h + n);
  return submit(s, [=] { memcpy((void*)d, stage->data(), n); return SUCCESS; });
}
EXPORT int cuMemcpyDtoHAsync_v2(void* h, Address d, size_t n, void* s) {
  LOCKED;
  READY;
  if (foreign(s)) return refuse("a copy on a stream of another context", INVALID_HANDLE);
  if (!inside(d, n)) return refuse("a copy from memory that is not allocated", INVALID_VALUE);
  return submit(s, [=] { memcpy(h, (void*)d, n); return SUCCESS; });
}
EXPORT int cuMemcpyDtoDAsync_v2(Address to, Address from, size_t n, void* s) {
  LOCKED;
  READY;
  if (foreign(s)) return refuse("a copy on a stream of another context", INVALID_HANDLE);
  if (!inside(to, n) || !inside(from, n)) return refuse("a copy within memory that is not allocated", INVALID_VALUE);
  return submit(s, [=] { memmove((void*)to, (void*)from, n); return SUCCESS; });
}
EXPORT int cuMemHostAlloc(void** p, size_t n, unsigned) {
  LOCKED;
  READY;
  *p = aligned_alloc(PAGE, (n + PAGE - 1) & ~(PAGE - 1));
  memset(*p, 0xff, n);
  pinned[(char*)*p] = n;
  return SUCCESS;
}
EXPORT int cuMemHostGetDevicePointer_v2(Address* d, void* h, unsigned) { *d = reinterpret_cast<Address>(h); return SUCCESS; }
EXPORT int cuMemFreeHost(void* p) {
  LOCKED;
  runAll();
  if (!pinned.erase((char*)p)) return refuse("freeing host memory that is not pinned", INVALID_VALUE);
  free(p);
  return SUCCESS;
}

// ---------------------------------------------------------------- kernels
// The image must be our PTX text: each entry and the size of its struct are held against the twin's.
EXPORT int cuModuleLoadData(void** handle, const void* image) {
  LOCKED;
  READY;
  std::string text(static_cast<const char*>(image));
  auto module = std::make_unique<Module>();
  const std::string mark = ".visible .entry ";
  for (size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) {
    at += mark.size();
    std::string name = text.substr(at, text.find_first_of("( \n", at) - at);
    std::string parameters = text.substr(at, text.find(')', at) - at);
    size_t bracket = parameters.rfind('[');
    size_t bytes = bracket == std::string::npos ? 0 : std::stoul(parameters.substr(bracket + 1));
    const Kernel* found = nullptr;
    for (const Kernel& each : kernels()) if (each.name == name) found = &each;
    if (!found || found->argumentBytes != bytes) {
      fprintf(stderr, "[cpu twin] entry %s with %zu bytes of arguments: the sources have %zu; run backend-cuda/ptx.sh\n",
              name.c_str(), bytes, found ? found->argumentBytes : 0);
      return INVALID_IMAGE;
    }
    module->functions[name] = found;
  }
  if (module->functions.empty()) return INVALID_IMAGE;
  *handle = module.release();
  return SUCCESS;
}
EXPORT int cuModuleUnload(void* m) { LOCKED; runAll(); delete static_cast<Module*>(m); return SUCCESS; }
EXPORT int cuModuleGetFunction(void** f, void* m, const char* name) {
  LOCKED;
  auto& functions = static_cast<Module*>(m)->functions;
  auto it = functions.find(name);
  if (it == functions.end()) return NOT_FOUND;
  *f = const_cast<Kernel*>(it->second);
  return SUCCESS;
}
EXPORT int cuFuncSetAttribute(void* f, int which, int value) {
  LOCKED;
  READY;
  if (which != 8) return NOT_SUPPORTED;
  if (value > largestShared()) return refuse("more shared memory than a block may have", INVALID_VALUE);
  dynamicLimits[static_cast<const Kernel*>(f)] = value;
  return SUCCESS;
}
EXPORT int cuLaunchKernel(void* f, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned dynamic,
                          void* s, void** parameters, void**) {
  LOCKED;
  READY;
  if (!f) return INVALID_HANDLE;
  if (foreign(s)) return refuse("a launch on a stream of another context", INVALID_HANDLE);
  if (!gx || !gy || !gz || !bx || !by || !bz || gy > 65535 || gz > 65535 || size_t(bx) * by * bz > 1024 ) return INVALID_VALUE;
  const Kernel* kernel = static_cast<const Kernel*>(f);
  auto allowed = dynamicLimits.find(kernel);
  if (dynamic > (allowed == dynamicLimits.end() ? DEFAULT_SHARED : allowed->second)) return refuse("so much shared memory", INVALID_VALUE);
  if (settings.log) fprintf(stderr, "[cpu twin] %s <<<(%u,%u,%u), %u>>>\n", kernel->name.c_str(), gx, gy, gz, bx);
  launches++;
  // Arguments are copied now, as the driver does: the caller may write the next launch's over them.
  auto copy = std::make_shared<std::vector<char>>((char*)parameters[0], (char*)parameters[0] + kernel->argumentBytes);
  uint3 grid{gx, gy, gz}, block{bx, by, bz};
  return submit(s, [=] { executed++; return execute(*kernel, grid, block, dynamic, copy->data()); });
}

// ---------------------------------------------------------------- streams, events, graphs
EXPORT int cuStreamCreate(void** s, unsigned) { LOCKED; READY; auto* made = new Stream; made->owner = current; streams.push_back(made); *s = made; return SUCCESS; }
EXPORT int cuStreamDestroy_v2(void* s) {
  LOCKED;
  run(stream(s));
  streams.erase(std::remove(streams.begin(), streams.end(), (Stream*)s), streams.end());
  delete static_cast<Stream*>(s);
  return SUCCESS;
}
EXPORT int cuStreamSynchronize(void* s) { LOCKED; READY; return stream(s)->capture ? CAPTURE_UNSUPPORTED : run(stream(s)); }
EXPORT int cuEventCreate(void** e, unsigned) { LOCKED; READY; *e = new Event; return SUCCESS; }
EXPORT int cuEventDestroy_v2(void* e) { LOCKED; delete static_cast<Event*>(e); return SUCCESS; }
EXPORT int cuEventRecord(void* e, void* s) { LOCKED; READY; *static_cast<Event*>(e) = Event{stream(s), stream(s)->submitted}; return SUCCESS; }
EXPORT int cuEventQuery(void* e) {
  LOCKED;
  READY;
  Event v = *static_cast<Event*>(e);
  return !v.stream || v.stream->submitted - v.stream->queue.size() >= v.position ? SUCCESS : NOT_READY;
}
EXPORT int cuEventSynchronize(void* e) { LOCKED; READY; Event v = *static_cast<Event*>(e); return v.stream ? run(v.stream, v.position) : SUCCESS; }
// The other stream's work so far runs when this stream gets here; with no record nothing is waited for.
EXPORT int cuStreamWaitEvent(void* s, void* e, unsigned) {
  LOCKED;
  READY;
  Event v = *static_cast<Event*>(e);
  return v.stream == nullptr ? SUCCESS : submit(s, [v] { return run(v.stream, v.position); });
}
EXPORT int cuStreamBeginCapture_v2(void* s, int) { LOCKED; READY; if (stream(s) == &legacy) return CAPTURE_UNSUPPORTED; stream(s)->capture = new Graph; return SUCCESS; }
EXPORT int cuStreamEndCapture(void* s, void** g) { LOCKED; *g = stream(s)->capture; stream(s)->capture = nullptr; return *g ? SUCCESS : INVALID_VALUE; }
EXPORT int cuGraphInstantiateWithFlags(void** e, void* g, unsigned long long) { LOCKED; *e = new Graph(*static_cast<Graph*>(g)); return SUCCESS; }
EXPORT int cuGraphLaunch(void* e, void* s) {
  LOCKED;
  READY;
  Graph* g = static_cast<Graph*>(e);
  if (foreign(s)) return refuse("a graph on a stream of another context", INVALID_HANDLE);
  return submit(s, [g] {
    int code = SUCCESS;
    for (size_t i = 0; i < g->operations.size() && !code; i++) code = g->operations[i]();
    return code;
  });
}
EXPORT int cuGraphExecDestroy(void* e) { LOCKED; runAll(); delete static_cast<Graph*>(e); return SUCCESS; }
EXPORT int cuGraphDestroy(void* g) { LOCKED; delete static_cast<Graph*>(g); return SUCCESS; }
EXPORT int cuGetErrorName(int, const char** s) { *s = lastFailure.c_str(); return SUCCESS; }
EXPORT int cuGetErrorString(int code, const char** s) { *s = code == 0 || lastFailure.empty() ? "no details" : lastFailure.c_str(); return SUCCESS; }
