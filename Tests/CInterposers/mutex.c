// Lets the thread sanitizer see how Swift's `Mutex` synchronizes; empty in a build without it.
//
// On Linux `Mutex.withLock` is inlined, and the sanitizer sees its atomics. But a lock that is taken already is waited for
// in `_MutexHandle._lockSlow` of libswiftSynchronization.so, which is not instrumented: each contended lock would be
// reported as a race. The linker prefers this definition. It waits by trying again, with the atomics of the inlined part
// (`LinuxImpl.swift` of Swift 6.3: 0 is free, otherwise the owner's thread id).

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)

#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>

__attribute__((swiftcall)) void waitForMutex(
    uint32_t owner, __attribute__((swift_context)) _Atomic(uint32_t) *mutex
) __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");

__attribute__((swiftcall)) void waitForMutex(
    uint32_t owner, __attribute__((swift_context)) _Atomic(uint32_t) *mutex
) {
    uint32_t free = 0;
    while (!atomic_compare_exchange_weak_explicit(
        mutex, &free, owner, memory_order_acquire, memory_order_relaxed
    )) {
        free = 0;
        sched_yield();
    }
}

#endif
#endif
