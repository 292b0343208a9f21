// What the twin's driver lets another library do that stands in for one of NVIDIA's on top of it.
#pragma once
#include <functional>

#define TWIN_DOOR __attribute__((visibility("default")))
namespace twin {
// Whether the thread has a context to work in: 0, or the driver's answer.
TWIN_DOOR int ready();
// Queues work on a stream, to run when its turn comes, or records it; 0, or the driver's answer. What the work
// answers the context answers ever after, as after a kernel that faulted.
TWIN_DOOR int queueWork(void* stream, std::function<int()> work);
// Whether so many bytes of device memory are allocated there.
TWIN_DOOR bool isAllocated(const void* address, size_t bytes);
}  // namespace twin
